// Small comforts. Every page works without this file; nothing here is needed to save data.
"use strict";
{
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---- "/" goes to the search field, where a scanner types ----

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" && event.key !== "／") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea:not([readonly]), [contenteditable]")) return;
    const field = document.getElementById("q");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  // ---- text to copy elsewhere is marked as a whole: Ctrl+C takes it ----

  const markAll = (field) => {
    if (field?.matches("input[readonly], textarea[readonly]")) field.select();
  };

  document.addEventListener("focusin", ({ target }) => markAll(target));
  addEventListener("load", () => markAll(document.activeElement)); // an autofocus comes before this file

  // ---- a form is sent once per click ----
  // Buttons are marked rather than disabled: a disabled one would lose the focus
  // and would not send its own name. The mark is taken off after a while, since a
  // lost network must not lock the form; the form's key makes a repeat harmless.

  const SENT_MS = 10_000;
  const sent = new WeakSet();

  const mark = (form) => {
    sent.add(form);
    for (const button of buttonsOf(form)) button.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), SENT_MS);
  };
  const release = (form) => {
    sent.delete(form);
    for (const button of buttonsOf(form)) button.removeAttribute("aria-disabled");
  };
  const buttonsOf = (form) => [...form.elements].filter((element) => element.type === "submit");

  document.addEventListener("submit", (event) => {
    if (!sent.has(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("submit", ({ target: form, defaultPrevented }) => {
    // A form with a target, or one that only asks, leaves this page where it is.
    if (defaultPrevented || form.method !== "post" || form.target || "download" in form.dataset) return;
    mark(form);
  });

  addEventListener("pageshow", () => all("form").forEach(release));

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.requestConfig.triggeringEvent?.type === "submit" && detail.elt.matches("form")) mark(detail.elt);
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt.matches("form")) release(detail.elt);
  });

  // ---- what htmx brings back when something went wrong ----
  // A whole page must not replace a form with typed text in it: only its refusal
  // is shown, above, and the form stays as it is.

  const notices = document.getElementById("notices");

  const say = (kind, text) => {
    const note = document.createElement("p");
    note.className = `note ${kind}`;
    note.textContent = text;
    notices.replaceChildren(note);
    notices.scrollIntoView({ block: "nearest" });
  };
  const KEPT = "入力した内容はこの画面に残っています。少し待って、もう一度押してください。";
  const unreached = () => say("bad", `つながりませんでした。${KEPT}`);

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status < 400) return;
    const isHtml = (detail.xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/html");
    if (!isHtml) {
      detail.shouldSwap = false;
      say("bad", `うまくいきませんでした。${KEPT}`);
    } else if (/^\s*<!doctype/i.test(detail.xhr.responseText)) {
      Object.assign(detail, { shouldSwap: true, ignoreTitle: true, target: notices, swapOverride: "innerHTML show:top", selectOverride: "#refusal" });
    }
  });
  document.addEventListener("htmx:sendError", unreached);
  document.addEventListener("htmx:timeout", unreached);

  // ---- stepper ----

  const tell = (field) => {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step] [data-by]");
    if (!button) return;
    const field = button.parentElement.querySelector("input");
    const now = Number.parseInt(field.value.normalize("NFKC"), 10) || 0;
    const least = Number(field.dataset.min ?? 0);
    const most = Number(field.dataset.max ?? Infinity);
    field.value = Math.min(most, Math.max(least, now + Number(button.dataset.by)));
    tell(field);
  });

  document.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || event.isComposing || !event.target.matches("[data-step] input")) return;
    event.preventDefault();
    event.target.parentElement.querySelector(`[data-by="${by}"]`).click();
  });

  // ---- rows that can be added and taken away ----

  const rowsOf = (list) => [...list.children].filter((child) => child.localName !== "template");

  const renumber = (list) => {
    const group = list.dataset.rows;
    const number = new RegExp(`(^|[^\\w])${group}([.-])(\\d+|__i__)(?=[.-])`, "g");
    rowsOf(list).forEach((row, index) => {
      for (const element of [row, ...all("*", row)]) {
        for (const attribute of element.attributes) {
          if (attribute.name === "value" || !attribute.value.includes(group)) continue;
          attribute.value = attribute.value.replace(number, `$1${group}$2${index}`);
        }
      }
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    const list = document.querySelector(`[data-rows="${button.dataset.addRow}"]`);
    const template = list?.querySelector(":scope > template");
    if (!template) return;
    event.preventDefault();
    template.before(template.content.cloneNode(true));
    renumber(list);
    const row = rowsOf(list).at(-1);
    globalThis.htmx?.process(row);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-row]");
    const list = button?.closest("[data-rows]");
    if (!list) return;
    const rows = rowsOf(list);
    const at = rows.findIndex((row) => row.contains(button));
    rows[at].remove();
    renumber(list);
    const neighbour = rowsOf(list)[Math.min(at, rows.length - 2)];
    const next = neighbour?.querySelector("[data-remove-row]") ?? document.querySelector(`[data-add-row="${list.dataset.rows}"]`);
    next?.focus();
  });

  // ---- hide the rows that are not looked for ----

  // Half and full width, ひらがな and カタカナ, capitals: all the same to a searcher.
  const fold = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

  const filter = (field) => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const rows = all(`${field.dataset.filter} > :not(template)`);
    for (const row of rows) {
      const text = fold(`${row.textContent} ${row.dataset.text ?? ""}`);
      row.hidden = !words.every((word) => text.includes(word));
    }
    const shown = rows.filter((row) => !row.hidden);
    const count = field.closest(".field")?.querySelector("[data-filter-count]");
    if (count) count.textContent = words.length ? (shown.length ? `${shown.length}件` : "当てはまるものがありません") : "";
    return shown;
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-filter]")) filter(event.target);
  });

  // A scanner ends with Enter: go to the first row that is left instead of sending the form.
  // The Enter of that row comes back for the next one; from the empty field it sends the form.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-filter]")) return;
    if (!event.target.value.trim()) return;
    event.preventDefault();
    const [first] = filter(event.target);
    (first?.querySelector("input:not([type=hidden])") ?? first?.querySelector("a, button, select"))?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    const field = all("[data-filter]").find(({ dataset }) => event.target.closest(dataset.filter));
    if (!field) return;
    event.preventDefault();
    field.value = "";
    filter(field);
    field.focus();
  });

  // In a row of fields, the Enter of a scanner goes on to the next field of the row.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-enter-next]")) return;
    event.preventDefault();
    const fields = all("input:not([type=hidden]), select", event.target.closest("[data-rows] > *") ?? event.target.form);
    fields[fields.indexOf(event.target) + 1]?.focus();
  });

  // ---- when a page, or a part of one, has come ----

  const arrive = (root) => {
    const within = (selector) => [...(root.matches?.(selector) ? [root] : []), ...all(selector, root)];
    within("form[data-autosubmit]").forEach((form) => form.requestSubmit());
    // On a phone the menu scrolls sideways; the current page should be in sight.
    for (const place of within(".nav [aria-current]")) {
      const { parentElement: nav } = place;
      nav.scrollLeft = place.offsetLeft - nav.offsetLeft - (nav.clientWidth - place.offsetWidth) / 2;
    }
  };

  arrive(document);
  document.addEventListener("htmx:load", ({ target }) => {
    if (target !== document.body) arrive(target);
  });
}
