"use strict";
(() => {
  const frames = JSON.parse(document.getElementById("frames").textContent);
  const [NUMBER, TIME, SOURCE, DESTINATION, PROTOCOL, PHASE, STEP, , WORDS, REASON, LEAN, DEDUCED] = Array(12).keys();
  const byId = (id) => document.getElementById(id);
  const rows = byId("rows"), count = byId("count"), more = byId("more"), detail = byId("detail");
  const page = 200;
  let found = frames, shown = 0;

  const haystacks = new Array(frames.length);
  const haystack = (i) => (haystacks[i] ??= (frames[i][NUMBER] + " " + frames[i][PROTOCOL] + " " + frames[i][SOURCE] + " " + frames[i][DESTINATION] + " " + frames[i][WORDS]).toLowerCase());

  const cell = (row, text, tag = "td") => {
    const c = document.createElement(tag);
    c.textContent = text;
    row.append(c);
    return c;
  };
  const time = (us) => (us < 0 ? "" : (us / 1e6).toFixed(6));
  const place = (f) => f[STEP] || (f[PHASE] < 0 ? "" : String(f[PHASE]));

  const show = () => {
    const part = document.createDocumentFragment();
    for (const f of found.slice(shown, shown + page)) {
      const row = document.createElement("tr");
      row.className = f[PHASE] < 0 ? "none" : "r" + f[PHASE];
      const number = cell(row, "", "th");
      number.scope = "row";
      const link = document.createElement("a");
      link.href = "#f" + f[NUMBER];
      link.textContent = f[NUMBER];
      number.append(link);
      for (const text of [time(f[TIME]), f[SOURCE], f[DESTINATION], f[PROTOCOL], place(f), f[WORDS]]) cell(row, text);
      part.append(row);
    }
    rows.append(part);
    shown = Math.min(found.length, shown + page);
    more.hidden = shown === found.length;
  };

  const apply = () => {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const phase = byId("phase").value, step = byId("step").value, host = byId("host").value.trim().toLowerCase();
    found = frames.filter((f, i) =>
      (phase === "" || f[PHASE] === Number(phase)) &&
      (step === "" || f[STEP] === step) &&
      (host === "" || f[SOURCE].toLowerCase() === host || f[DESTINATION].toLowerCase() === host) &&
      words.every((w) => haystack(i).includes(w)));
    rows.replaceChildren();
    shown = 0;
    count.textContent = found.length === 0 ? count.dataset.none : count.dataset.text.replace("{n}", found.length).replace("{all}", frames.length);
    show();
  };

  const open = (number) => {
    const f = frames.find((f) => f[NUMBER] === number);
    if (!f) return;
    const title = byId("detail-title"), basis = byId("detail-basis"), lean = byId("detail-lean");
    title.textContent = title.dataset.text + " " + number;
    byId("detail-words").textContent = f[WORDS];
    byId("detail-step").textContent = place(f) || "–";
    basis.textContent = f[PHASE] < 0 ? "–" : f[DEDUCED] ? basis.dataset.deduced : basis.dataset.observed;
    byId("detail-reason").textContent = f[REASON];
    lean.textContent = f[LEAN] || "–";
    if (f[LEAN]) lean.href = "#f" + f[LEAN]; else lean.removeAttribute("href");
    byId("detail-source").textContent = f[SOURCE];
    byId("detail-destination").textContent = f[DESTINATION];
    if (!detail.open) detail.showModal();
  };

  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[href^='#f']");
    const number = link && Number(link.getAttribute("href").slice(2));
    if (!number) return;
    e.preventDefault();
    open(number);
  });
  byId("detail-close").addEventListener("click", () => detail.close());
  detail.addEventListener("click", (e) => { if (e.target === detail) detail.close(); });
  // Paper can not be opened or scrolled: all fields are printed, and as many of the chosen frames as anybody may want to turn over.
  const onPaper = 1000, printed = byId("printed");
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const d of closed) d.open = true;
    while (shown < Math.min(found.length, onPaper)) show();
    printed.textContent = shown < frames.length ? printed.dataset.text.replace("{n}", shown).replace("{all}", frames.length) : "";
  });
  addEventListener("afterprint", () => { for (const d of closed) d.open = false; });
  byId("filter").addEventListener("input", apply);
  byId("filter").addEventListener("submit", (e) => e.preventDefault());
  more.addEventListener("click", show);
  apply();
  const wanted = /^#f(\d+)$/.exec(location.hash);
  if (wanted) open(Number(wanted[1]));
})();
