// A query as something to hand on: links, and the code that asks it from elsewhere.
import { address } from "./run.js";

const SHORT = "q=";

async function through(stream, data) {
  return new Uint8Array(await new Response(new Blob([data]).stream().pipeThrough(stream)).arrayBuffer());
}

/** The query inside the address itself, compressed, behind the #: no server keeps it, and none sees it. */
export async function shortened(query) {
  const packed = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(query));
  const text = btoa(String.fromCharCode(...packed)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${location.origin}/sparql#${SHORT}${text}`;
}

/** The query of such an address; "" where there is none. */
export async function unfolded(hash) {
  if (!hash.startsWith(`#${SHORT}`)) return "";
  try {
    const text = atob(hash.slice(1 + SHORT.length).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), packed));
  } catch {
    return "";
  }
}

const GRAPH = /^(?:\s|#[^\n]*\n|(?:PREFIX|BASE)[^>]*>)*(CONSTRUCT|DESCRIBE)/i;
const quoted = (text) => `"""\n${text.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"').trim()}\n"""`;
const endpoint = () => `${location.origin}/sparql`;

function curl(query) {
  const type = GRAPH.test(query) ? "text/turtle" : "text/csv";
  return `curl -s '${endpoint()}' -H 'Accept: ${type}' --data-urlencode 'query=${query.trim().replaceAll("'", "'\\''")}'`;
}

function python(query) {
  const [format, read] = GRAPH.test(query)
    ? ["TURTLE", "print(endpoint.query().convert().decode())"]
    : ["JSON", 'for row in endpoint.query().convert()["results"]["bindings"]:\n    print({name: value["value"] for name, value in row.items()})'];
  return `from SPARQLWrapper import ${format}, SPARQLWrapper\n\nendpoint = SPARQLWrapper("${endpoint()}")\nendpoint.setQuery(${quoted(query)})\nendpoint.setReturnFormat(${format})\n${read}\n`;
}

function r(query) {
  const text = query.trim(), dashes = "-".repeat(text.includes(")\"") || text.includes(")-") ? 4 : 1);
  const type = GRAPH.test(query) ? "text/turtle" : "text/csv";
  const read = type === "text/csv" ? "result <- read.csv(text = content(answer, \"text\", encoding = \"UTF-8\"))" : "cat(content(answer, \"text\", encoding = \"UTF-8\"))";
  return `library(httr)\n\nquery <- r"${dashes}(${text})${dashes}"\nanswer <- POST("${endpoint()}", body = list(query = query), encode = "form", add_headers(Accept = "${type}"))\nstop_for_status(answer)\n${read}\n`;
}

function notebook(query) {
  const code = GRAPH.test(query)
    ? `from rdflib import Graph\nimport requests\n\nquery = ${quoted(query)}\nanswer = requests.post("${endpoint()}", data={"query": query}, headers={"Accept": "text/turtle"})\nanswer.raise_for_status()\ngraph = Graph().parse(data=answer.text)\ngraph`
    : `import io\n\nimport pandas as pd\nimport requests\n\nquery = ${quoted(query)}\nanswer = requests.post("${endpoint()}", data={"query": query}, headers={"Accept": "text/csv"})\nanswer.raise_for_status()\npd.read_csv(io.StringIO(answer.content.decode()))`;
  const source = code.split("\n").map((line, index, all) => (index + 1 < all.length ? `${line}\n` : line));
  return JSON.stringify({ cells: [{ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source }], metadata: {}, nbformat: 4, nbformat_minor: 4 }, null, 1);
}

const embed = (query, chosen) => `<iframe src="${location.origin}/sparql/embed?${new URLSearchParams({ query, ...chosen }).toString().replaceAll("&", "&amp;")}" width="100%" height="480" title="Policy Graph"></iframe>`;

/** {name: (query, parameters of the view) → the text to hand on, or a promise of it}. */
export const ways = {
  link: (query, chosen) => location.origin + address(query, chosen),
  short: shortened, curl, python, r, notebook, embed,
};
