"use strict";
document.documentElement.classList.add("js");

(function explorer() {
  const root = document.getElementById("explorer");
  const data = JSON.parse(document.getElementById("mentions-data").textContent);
  const form = document.getElementById("filters");
  const results = document.getElementById("results");
  const found = document.getElementById("found");
  const buttons = { previous: document.getElementById("previous"), next: document.getElementById("next") };
  const size = 25;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  const folded = data.rows.map(() => null);
  const values = data.fields.map((field) => {
    const select = form.elements[field];
    return select ? Array.from(select.options).slice(1) : [];
  });
  let page = 0;

  function label(field, row) {
    const place = data.fields.indexOf(field);
    const option = values[place][row[place + 2]];
    return option ? option.text : "";
  }

  function matches(row, number, wanted, words) {
    for (const [place, value] of wanted) if (row[place + 2] !== value) return false;
    if (!words.length) return true;
    folded[number] = folded[number] || fold(row[0] + " " + row[1]);
    return words.every((word) => folded[number].includes(word));
  }

  function select() {
    const wanted = [];
    data.fields.forEach((field, place) => {
      const chosen = form.elements[field];
      if (chosen && chosen.value !== "") wanted.push([place, chosen.selectedIndex - 1]);
    });
    const words = fold(form.elements.search.value).split(/\s+/).filter(Boolean);
    return data.rows.filter((row, number) => matches(row, number, wanted, words));
  }

  function line(row) {
    const item = document.createElement("li");
    const sentiment = data.fields.indexOf("sentiment");
    const option = values[sentiment][row[sentiment + 2]];
    if (option) item.className = option.value;
    const text = document.createElement("q");
    const isolated = document.createElement("bdi");
    isolated.textContent = row[0];
    text.append(isolated);
    const about = document.createElement("small");
    const labels = ["sentiment", "stage", "touchpoint", "pain"].map((field) => label(field, row));
    about.textContent = labels.concat(row[1]).filter(Boolean).join(" · ");
    item.append(text, about);
    return item;
  }

  function show() {
    const rows = select();
    const pages = Math.max(1, Math.ceil(rows.length / size));
    page = Math.min(page, pages - 1);
    results.replaceChildren(...rows.slice(page * size, page * size + size).map(line));
    const count = rows.length.toLocaleString(document.documentElement.lang);
    found.textContent = rows.length
      ? root.dataset.found.replace("{n}", count).replace("{page}", page + 1).replace("{pages}", pages)
      : root.dataset.none;
    buttons.previous.disabled = page === 0;
    buttons.next.disabled = page >= pages - 1;
  }

  function restart() { page = 0; show(); }
  form.addEventListener("input", restart);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(restart));
  buttons.previous.addEventListener("click", () => { page -= 1; show(); });
  buttons.next.addEventListener("click", () => { page += 1; show(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-filter]");
    if (!link) return;
    form.reset();
    for (const pair of link.dataset.filter.split(" ")) {
      const [field, value] = pair.split("=");
      if (form.elements[field]) form.elements[field].value = value;
    }
    restart();
  });
  show();
})();

(function segmentSwitch() {
  const control = document.getElementById("journey-switch");
  if (!control) return;
  function choose() {
    for (const map of document.querySelectorAll(".journey-map")) {
      const chosen = map.id === control.value;
      if (map.tagName === "DETAILS") map.open = chosen;
      else map.hidden = !chosen;
    }
  }
  control.addEventListener("change", choose);
  choose();
})();

(function drawers() {
  function open() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const drawer = target && target.closest("details");
    if (!drawer) return;
    drawer.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", open);
  open();
})();

(function contents() {
  const links = new Map(Array.from(document.querySelectorAll(".contents a")).map((a) => [a.hash.slice(1), a]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const id of links.keys()) watcher.observe(document.getElementById(id));
})();

(function exportActions() {
  const button = document.getElementById("export");
  if (!button) return;
  const guard = (text) => (/^[=+\-@\t\r]/.test(text) ? "'" + text : text);
  const cell = (text) => '"' + guard(text.trim()).replace(/"/g, '""') + '"';
  button.addEventListener("click", () => {
    const lines = [button.dataset.head.split(";")];
    for (const item of document.querySelectorAll("[data-action]")) {
      const list = item.closest("ol");
      const rank = Array.from(list.children).indexOf(item) + (list.start || 1);
      const department = item.closest(".department").querySelector("h3").textContent;
      const cells = Array.from(item.querySelectorAll("[data-cell]")).map((part) => part.textContent);
      lines.push([department, String(rank), ...cells]);
    }
    const text = "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "actions.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})();
