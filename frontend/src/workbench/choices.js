// What was chosen of an answer's view, as it stands in the address; columns by the names of their variables.
const OF = {
  table: ["sort", "filter", "hide"], chart: ["value", "label", "kind"], network: ["from", "to"], map: ["place", "size", "label"],
  timeline: ["date", "label"], raw: [],
};

export class Choices {
  #made = {};
  #usual = {};
  #query;

  /** given: the parameters of an address; changed: is told of each choice. */
  constructor(given, changed = () => {}) {
    const view = given.get("view");
    this.view = view in OF ? view : "table";
    this.changed = changed;
    this.#query = given.get("query")?.replaceAll("\r\n", "\n") ?? null;
    for (const name of OF[this.view]) if (given.has(name)) this.of(this.view)[name] = given.get(name);
  }

  /** The query that is shown. What was chosen for another one says nothing of its columns. */
  get query() { return this.#query ?? ""; }
  set query(query) {
    if (this.#query !== null && this.#query !== query) this.#made = {};
    this.#query = query;
  }

  /** What was chosen of a view: {name: value}. */
  of(view) { return this.#made[view] ??= {}; }

  /** What was chosen of this view where it is allowed, else what is usual. */
  take(name, allowed, usual) {
    const own = this.of(this.view);
    this.#usual[`${this.view} ${name}`] = usual;
    if (!allowed.includes(own[name])) delete own[name];
    return own[name] ?? usual;
  }

  set(name, value) {
    const own = this.of(this.view);
    if (value === this.#usual[`${this.view} ${name}`] || value === "") delete own[name];
    else own[name] = value;
    this.changed();
  }

  /** The parameters of the address that shows the same. */
  get parameters() { return { ...(this.view === "table" ? {} : { view: this.view }), ...this.of(this.view) }; }
}
