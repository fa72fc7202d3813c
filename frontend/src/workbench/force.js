// Where the nodes of a network stand: springs along the edges, all nodes pushing each other away, cooled down at once.
// The same network is always drawn the same way, and nothing moves on the screen.
const ROUNDS = 260;

/** Gives each node x and y within the margins. edges: pairs of indices. */
export function spread(nodes, edges, width, height) {
  const count = nodes.length, ideal = 0.75 * Math.sqrt((width * height) / Math.max(1, count));
  nodes.forEach((node, index) => {
    const angle = index * 2.399963, radius = (Math.sqrt(index + 0.5) / Math.sqrt(count)) * 0.45;
    node.x = width * (0.5 + radius * Math.cos(angle));
    node.y = height * (0.5 + radius * Math.sin(angle));
  });
  const moveX = new Float64Array(count), moveY = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round += 1) {
    moveX.fill(0);
    moveY.fill(0);
    for (let one = 0; one < count; one += 1) {
      for (let other = one + 1; other < count; other += 1) {
        const x = nodes[one].x - nodes[other].x, y = nodes[one].y - nodes[other].y;
        const square = Math.max(1, x * x + y * y), push = (ideal * ideal) / square;
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
    const heat = (width / 10) * (1 - round / ROUNDS) + 0.5;
    for (let index = 0; index < count; index += 1) {
      const length = Math.hypot(moveX[index], moveY[index]) || 1, step = Math.min(length, heat) / length;
      nodes[index].x = Math.min(width - 24, Math.max(24, nodes[index].x + moveX[index] * step));
      nodes[index].y = Math.min(height - 18, Math.max(18, nodes[index].y + moveY[index] * step));
    }
  }
}
