// What this browser keeps of somebody's work: the queries that are open, and what was run. Nothing of it is sent.
const KEY = "policygraph.workbench";
const MOST = 100;

function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    if (Array.isArray(found?.tabs) && Array.isArray(found.history)) return found;
  } catch { /* no storage, or not ours */ }
  return { tabs: [], history: [], active: 0 };
}

export class Kept {
  constructor() {
    Object.assign(this, stored());
  }

  save() {
    try {
      localStorage.setItem(KEY, JSON.stringify({ tabs: this.tabs, history: this.history, active: this.active }));
    } catch { /* full, or not allowed: this visit goes on without */ }
  }

  get tab() {
    return this.tabs[this.active];
  }

  add(name, query) {
    this.tabs.push({ name, query });
    this.active = this.tabs.length - 1;
    this.save();
  }

  close() {
    this.tabs.splice(this.active, 1);
    this.active = Math.max(0, Math.min(this.active, this.tabs.length - 1));
    this.save();
  }

  /** A query that was run; the same one again takes the place of the former. */
  ran(query, milliseconds, rows) {
    this.history = [{ query, milliseconds, rows, when: Date.now() }, ...this.history.filter((each) => each.query !== query)].slice(0, MOST);
    this.save();
  }

  forget(index) {
    this.history.splice(index, 1);
    this.save();
  }

  clear() {
    try {
      localStorage.removeItem(KEY);
    } catch { /* nothing was kept */ }
    this.history = [];
    this.tabs = this.tabs.slice(this.active, this.active + 1);
    this.active = 0;
  }
}
