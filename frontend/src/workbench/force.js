// Where the nodes of a network stand: springs along the edges, all nodes pushing each other away, cooled down at once.
// The same network is always drawn the same way, and nothing moves on the screen.
const ROUNDS = 260, PULL = 2.5, MARGIN = 28;

/** Gives each node x and y within the picture. edges: pairs of indices. */
export function spread(nodes, edges, width, height) {
  const count = nodes.length, ideal = 0.8 / Math.sqrt(Math.max(1, count)); // in a square of side 1 around 0
  nodes.forEach((node, index) => {
    const angle = index * 2.399963, radius = 0.5 * Math.sqrt((index + 0.5) / count);
    node.x = radius * Math.cos(angle);
    node.y = radius * Math.sin(angle);
  });
  const moveX = new Float64Array(count), moveY = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round += 1) {
    nodes.forEach((node, index) => { // what hangs together with nothing stays in sight
      moveX[index] = -node.x * PULL;
      moveY[index] = -node.y * PULL;
    });
    for (let one = 0; one < count; one += 1) {
      for (let other = one + 1; other < count; other += 1) {
        const x = nodes[one].x - nodes[other].x, y = nodes[one].y - nodes[other].y;
        const push = (ideal * ideal) / Math.max(1e-6, x * x + y * y);
        moveX[one] += x * push;
        moveY[one] += y * push;
        moveX[other] -= x * push;
        moveY[other] -= y * push;
      }
    }
    for (const [one, other] of edges) {
      const x = nodes[one].x - nodes[other].x, y = nodes[one].y - nodes[other].y, pull = Math.hypot(x, y) / ideal;
      moveX[one] -= x * pull;
      moveY[one] -= y * pull;
      moveX[other] += x * pull;
      moveY[other] += y * pull;
    }
    const heat = 0.1 * (1 - round / ROUNDS) + 0.0005;
    for (let index = 0; index < count; index += 1) {
      const length = Math.hypot(moveX[index], moveY[index]) || 1, step = Math.min(length, heat) / length;
      nodes[index].x += moveX[index] * step;
      nodes[index].y += moveY[index] * step;
    }
  }
  for (const [axis, size] of [["x", width], ["y", height]]) {
    const places = nodes.map((node) => node[axis]), low = Math.min(...places), high = Math.max(...places);
    for (const node of nodes) node[axis] = high > low ? MARGIN + ((node[axis] - low) * (size - 2 * MARGIN)) / (high - low) : size / 2;
  }
}
