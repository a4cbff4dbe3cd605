// The evidence explorer: unpacks the sentences, filters them, shows fifty at a time, keeps its state in the address (#evidence?theme=W5).
// Text from papers only ever becomes text nodes. No request is made, and the page's policy would forbid one.
"use strict";
(() => {
  const PAGE = 50;
  const $ = (id) => document.getElementById(id);
  const form = $("filters"), body = document.querySelector("#sentences tbody"), status = $("status");
  const number = (n) => n.toLocaleString("en-GB");
  let data, lower, found = [], at = 0, timer;

  const unpack = async () => {
    const held = $("evidence-data");
    const raw = atob(held.textContent.trim());
    held.remove();
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };

  const node = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };
  const codeOf = (label) => (label < 0 ? -1 : Math.floor(label / 128));
  const scoreOf = (label) => (label < 0 ? 0 : label % 128);

  const fill = () => {
    const days = [...new Map(data.papers.map((p) => [p.day, p.when])).entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1));
    options("meeting", days);
    options("document", data.papers.map((p, i) => [String(i), p.label]));
    for (const facet of data.asked) options(facet.field, data.facets[facet.name].map((one) => [one[0], named(facet, one)]), !facet.one);
  };
  const named = (facet, [code, title]) => (facet.one || (code === code.toLowerCase() && title.toLowerCase().split(" ").includes(code)) ? title : `${code} ${title}`);
  const NONE = "(none)"; // the filter for sentences to which a facet gives no code
  const options = (name, pairs, none) => {
    const list = form.elements[name];
    list.append(node("option", { value: "" }, "All"));
    if (none) list.append(node("option", { value: NONE }, "None of them"));
    for (const [value, text] of pairs) list.append(node("option", { value }, text));
  };

  const terms = (text) => [...text.toLowerCase().matchAll(/["“]([^"”]+)["”]|(\S+)/g)].map((m) => (m[1] || m[2]).trim()).filter(Boolean);

  const filter = () => {
    const wanted = new FormData(form);
    const words = terms(wanted.get("q"));
    if (words.length && !lower) lower = data.text.map((text) => text.toLowerCase());
    const least = Number(wanted.get("score")) || 0;
    const tests = [];
    const paper = wanted.get("document"), day = wanted.get("meeting");
    if (paper !== "") tests.push((i) => data.document[i] === Number(paper));
    if (day !== "") tests.push((i) => data.papers[data.document[i]].day === day);
    const text = wanted.get("text");
    if (text) tests.push((i) => data.repeated[i] === (text === "repeated" ? 1 : 0));
    let chosen = false;
    for (const { name, field, one } of data.asked) {
      const code = wanted.get(field);
      if (!code) continue;
      const place = data.facets[name].findIndex((held) => held[0] === code);
      const fits = (label) => codeOf(label) === place && scoreOf(label) >= least;
      const column = one ? data.one[name] : data.many[name];
      if (place < 0 && code === NONE) { tests.push((i) => !column[i].length); continue; }
      chosen = true;
      tests.push(one ? (i) => place >= 0 && fits(column[i]) : (i) => column[i].some(fits));
    }
    if (least && !chosen && data.leading) tests.push((i) => data.many[data.leading][i].some((label) => scoreOf(label) >= least));
    for (const word of words) tests.push((i) => lower[i].includes(word));
    const rows = state.rows;
    if (rows) tests.push((i) => rows.has(i));
    found = [];
    for (let i = 0; i < data.text.length; i++) if (tests.every((test) => test(i))) found.push(i);
    at = 0;
  };

  const state = { rows: null }; // the sentences that a figure led to: #evidence?row=4.18.30
  const show = () => {
    const words = terms(form.elements.q.value);
    body.replaceChildren(...found.slice(at, at + PAGE).map((i) => shown(i, words)));
    const all = data.text.length;
    status.textContent = found.length === all ? `All ${number(all)} sentences` : `${number(found.length)} of ${number(all)} sentences`;
    $("place").textContent = found.length ? `${number(at + 1)} to ${number(Math.min(at + PAGE, found.length))} of ${number(found.length)}` : "Nothing found: clear a filter or use fewer words.";
    $("earlier").disabled = at === 0;
    $("later").disabled = at + PAGE >= found.length;
    $("download").disabled = !found.length;
  };

  const shown = (i, words) => {
    const paper = data.papers[data.document[i]];
    const quote = node("bdi", { dir: "auto", class: "quote" }, ...marked(data.text[i], words));
    const copy = node("button", { type: "button" }, "Copy quotation");
    copy.addEventListener("click", () => copied(copy, `“${data.text[i]}” (${reference(i)})`));
    const where = [node("bdi", {}, paper.label)];
    if (data.items[data.item[i]]) where.push(node("br"), node("bdi", {}, data.items[data.item[i]]));
    where.push(node("br"), place(i, paper));
    return node("tr", { "data-row": i }, node("td", {}, quote, node("br"), copy), node("td", {}, ...where), node("td", {}, labels(i), why(i)));
  };

  const place = (i, paper) => {
    const page = data.page[i];
    const text = page ? `page ${page}` : "open the paper";
    if (!paper.address) return page ? text : "";
    const href = paper.paged && page ? `${paper.address}#page=${page}` : paper.address;
    return node("a", { href, target: "_blank", rel: "noopener", "aria-label": `${text} of ${paper.label}` }, text);
  };

  const labels = (i) => {
    const list = node("ul"), short = node("ul", { class: "short" });
    const add = (list, facet, label) => {
      const score = node("span", { class: "score", title: "score, 0 to 100" }, String(scoreOf(label)));
      const text = node("bdi", { title: facet.title }, named(facet, data.facets[facet.name][codeOf(label)]));
      list.append(node("li", {}, text, " ", score));
    };
    if (data.repeated[i]) list.append(node("li", { class: "score" }, "Repeated from the meeting before"));
    for (const facet of data.asked) {
      if (facet.one && data.one[facet.name][i] >= 0) add(short, facet, data.one[facet.name][i]);
      if (!facet.one && !facet.parents) for (const label of data.many[facet.name][i]) add(list, facet, label);
    }
    return node("div", {}, list, short);
  };

  const why = (i) => {
    const cues = data.cues[i].map((one) => data.cueList[one]);
    const list = node("ul"), own = data.reasons[i];
    const said = ([facet, code, term], words) => node("li", {}, node("bdi", {}, `“${term}”`), ` ${words} ${facet}: ${code}`);
    for (const cue of cues.slice(0, own)) list.append(said(cue, "speaks for"));
    for (const cue of cues.slice(own)) list.append(said(cue, "would speak for"));
    if (!own) list.append(node("li", {}, "No word of the lists speaks for these labels: the model weighed all words, the heading and the sentence before."));
    if (i && data.item[i - 1] === data.item[i] && data.document[i - 1] === data.document[i]) list.append(node("li", {}, "Before it: ", node("bdi", { dir: "auto" }, data.text[i - 1])));
    return node("details", {}, node("summary", {}, "Why these labels"), list);
  };

  const reference = (i) => {
    const paper = data.papers[data.document[i]];
    return [paper.label, data.items[data.item[i]], data.page[i] ? `page ${data.page[i]}` : "", paper.file].filter(Boolean).join(", ");
  };

  const marked = (text, words) => {
    if (!words.length) return [text];
    const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "gi");
    const parts = [];
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      parts.push(text.slice(from, match.index), node("mark", {}, match[0]));
      from = match.index + match[0].length;
    }
    parts.push(text.slice(from));
    return parts;
  };

  const copied = async (button, text) => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = node("textarea", { readonly: "", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const before = button.dataset.name || button.textContent;
    button.dataset.name = before;
    button.textContent = done ? "Copied" : "Could not copy";
    setTimeout(() => (button.textContent = before), 2000);
  };

  // A cell that begins like a formula gets an apostrophe, so that a spreadsheet shows it as text.
  const safe = (value) => {
    const text = String(value);
    return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  const csv = () => {
    // A column of codes for each facet, and one of scores where they are not looked up.
    const columns = data.asked.flatMap((facet) => {
      const labels = (i) => (facet.one ? [data.one[facet.name][i]] : data.many[facet.name][i]).filter((label) => label >= 0);
      const codes = [facet.name, (i) => labels(i).map((label) => data.facets[facet.name][codeOf(label)][0]).join("; ")];
      return facet.parents ? [codes] : [codes, [`${facet.name} scores`, (i) => labels(i).map(scoreOf).join("; ")]];
    });
    const head = ["file", "kind", "meeting", "page", "item", "sentence", ...columns.map(([name]) => name)];
    const rows = found.map((i) => {
      const paper = data.papers[data.document[i]];
      return [paper.file, paper.kind, paper.day, data.page[i] || "", data.items[data.item[i]], data.text[i], ...columns.map(([, value]) => value(i))];
    });
    return "\ufeff" + [head, ...rows].map((row) => row.map(safe).join(",")).join("\r\n") + "\r\n";
  };
  const download = () => {
    const link = node("a", { href: URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" })), download: "evidence.csv" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const address = () => {
    const kept = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) kept.set(name, value);
    if (state.rows) kept.set("row", [...state.rows].join("."));
    if (at) kept.set("from", at + 1);
    return kept.toString() ? `#evidence?${kept}` : "#evidence";
  };
  const remember = () => history.replaceState(null, "", address());
  const recall = () => {
    const asked = location.hash.match(/^#evidence\?(.*)$/);
    if (!asked) return false;
    const kept = new URLSearchParams(asked[1]);
    for (const field of form.elements) if (field.name) field.value = kept.get(field.name) || "";
    state.rows = kept.has("row") ? new Set(kept.get("row").split(".").map(Number)) : null;
    filter();
    const from = Number(kept.get("from")) || 1;
    at = from <= found.length ? from - 1 : 0;
    show();
    return true;
  };
  const arrive = () => {
    if (!recall()) return;
    $("evidence").scrollIntoView();
    $("h-evidence").focus({ preventScroll: true });
  };
  const changed = () => {
    state.rows = null;
    filter();
    show();
    remember();
  };
  const turn = (step) => {
    at = Math.max(0, Math.min(at + step, found.length - 1));
    show();
    remember();
    $("status").scrollIntoView({ block: "start" });
  };

  const listen = () => {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(changed, 120); });
    form.addEventListener("reset", () => setTimeout(changed));
    $("earlier").addEventListener("click", () => turn(-PAGE));
    $("later").addEventListener("click", () => turn(PAGE));
    $("download").addEventListener("click", download);
    $("share").addEventListener("click", (event) => { remember(); copied(event.currentTarget, location.href); });
    addEventListener("hashchange", arrive);
  };

  const start = async () => {
    if (matchMedia("(max-width: 960px)").matches) document.querySelector(".contents details").open = false;
    if (!("DecompressionStream" in window)) {
      status.textContent = "This browser is too old to unpack the evidence; the workbook holds the same sentences.";
      return;
    }
    data = await unpack();
    fill();
    listen();
    form.hidden = false;
    $("results").hidden = false;
    filter();
    show();
    arrive();
    document.documentElement.dataset.ready = "yes";
  };
  start().catch((error) => { status.textContent = `The evidence could not be unpacked (${error.message}); the workbook holds the same sentences.`; });
})();
