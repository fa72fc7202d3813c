// A CSV as lines of fields, and which of them fit the targets of the page.
const COLUMNS = {
  indicator: ["indicator", "指标", "指标名称"],
  year: ["year", "年份", "年"],
  value: ["value", "数值", "值"],
  unit: ["unit", "单位", "计量单位"],
  source: ["source", "来源", "数据来源"],
};
const MOST_TOLD = 200;

// Spreadsheets in China still save GBK: what is no UTF-8 is read as GB 18030, which holds it.
export function decode(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

// Records with the number of the line on which each begins; open: the line of a quotation mark that is never closed.
export function records(text, separator) {
  const found = [];
  let [fields, field, quoted, line, begun, opened, touched] = [[], "", false, 1, 1, 0, false];
  const end = () => {
    fields.push(field);
    if (touched || fields.length > 1) found.push({ line: begun, fields });
    [fields, field, touched, begun] = [[], "", false, line + 1];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '"' && text[at + 1] === '"') field += text[at++];
      else if (char === '"') quoted = false;
      else field += char;
      if (char === "\n") line++;
    } else if (char === '"' && !field) [quoted, opened, touched] = [true, line, true];
    else if (char === separator) {
      fields.push(field);
      field = "";
    } else if (char === "\n") {
      end();
      begun = ++line;
    } else if (char !== "\r") {
      field += char;
      touched ||= char.trim() !== "";
    }
  }
  if (touched || fields.length) end();
  return { found, open: quoted ? opened : 0 };
}

// called: column → its name in the language of the page.
// good: {line, year, value, source, targets} that fit; bad: what to say of the others; blank: lines of a template left as is.
export function read(text, targets, say, called) {
  const plain = text.replace(/^\ufeff/, "");
  const head = plain.split("\n", 1)[0];
  const separator = [",", "\t", ";", "，"].find((each) => head.includes(each)) ?? ",";
  const { found, open } = records(plain, separator);
  const [good, bad] = [[], []];
  let blank = 0;
  if (open) bad.push(say("quote", { line: open }));
  const names = (found.shift()?.fields ?? []).map((name) => name.trim().toLowerCase());
  const places = Object.fromEntries(
    Object.entries(COLUMNS).map(([key, words]) => [key, names.findIndex((name) => words.includes(name))]),
  );
  const missing = Object.keys(COLUMNS).filter((key) => places[key] < 0).map((key) => called[key]);
  if (names.length && missing.length) {
    return { good, bad: [...bad, say("columns", { missing: missing.join(", ") })], blank: 0 };
  }
  for (const { line, fields } of found) {
    if (fields.length < names.length) {
      bad.push(say("short", { line, found: fields.length, expected: names.length }));
      continue;
    }
    const told = Object.fromEntries(Object.entries(places).map(([key, at]) => [key, fields[at].trim()]));
    if (!told.year && !told.value && !told.source) {
      blank++;
      continue;
    }
    const fault = (name, key, more) =>
      bad.push(say(name, { line, column: places[key] + 1, value: told[key], ...more }));
    const named = targets.filter((target) => target.names.has(told.indicator));
    const fitting = named.filter((target) => target.units.has(told.unit));
    if (!named.length) fault("indicator", "indicator");
    else if (!/^(19|20|21)\d\d$/.test(told.year)) fault("noyear", "year");
    else if (!/^[-−]?\d+(\.\d+)?$/.test(told.value)) fault("novalue", "value");
    else if (!fitting.length) {
      const expected = [...new Set(named.map((target) => target.unit))].join(" / ");
      fault("nounit", "unit", { expected });
    } else {
      const value = told.value.replace("−", "-");
      good.push({ line, year: told.year, value, source: told.source || say("nosource"), targets: fitting });
    }
  }
  if (bad.length > MOST_TOLD) bad.splice(MOST_TOLD, Infinity, `… ${bad.length - MOST_TOLD}`);
  return { good, bad, blank };
}
