/* mkdocs-sre. On every page: what has come due since the build, by the reader's day in UTC. On a runbook: values for its
   commands, copying, ticks. Pages say everything without this script. What comes from an address is checked, and shown
   as text only. */
(() => {
  "use strict";
  const DAY = 86400000;

  /* The day as days since 1970; NaN for what is no day. */
  const day = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text || "") ? Date.parse(text + "T00:00:00Z") / DAY : NaN);

  const paragraph = (parent, tag, text) => {
    const made = document.createElement("p");
    const inside = tag ? made.appendChild(document.createElement(tag)) : made;
    inside.textContent = text;
    parent.append(made);
  };

  const banner = (head, builtOn) => {
    const found = document.querySelector(".sre-stale");
    if (found) return found;
    const made = document.createElement("div");
    paragraph(made, "b", "");
    paragraph(made, "", builtOn ? `When this page was built, as of ${builtOn}, that was not so yet.` : "");
    const under = document.querySelector(".sre-under");
    if (under) under.before(made);
    else head.after(made);
    return made;
  };

  const tell = () => {
    const head = document.querySelector(".sre-head[data-sre-due]");
    if (!head) return;
    const { sreDue, sreExpires, sreSnoozed, sreAsOf } = head.dataset;
    const today = Math.floor(Date.now() / DAY);
    const late = today - day(sreDue);
    if (!(late > 0) || today <= day(sreSnoozed)) return;
    const expired = today > day(sreExpires);
    const shown = banner(head, sreAsOf);
    shown.className = `sre-banner sre-stale is-${expired ? "bad" : "due"}`;
    const ago = late === 1 ? "1 day ago" : `${late} days ago`;
    const when = `was due on ${sreDue}, ${ago}`;
    shown.querySelector("b").textContent = expired ? `Review expired: it ${when}` : `Review ${when}`;
  };

  /* ---- patterns -----------------------------------------------------------
     A value comes from an address that anybody may have made, so a pattern must not take long over it. This follows all
     ways through the text at once, by the set of places that each part can lead to: classes, groups, `|` and counts. Of
     any other pattern it says that it cannot be read; then every value is refused. */
  const MOST = 256;
  const MOST_WORK = 500000; /* places looked at, which takes a second at most */
  const matcher = (pattern) => {
    let at = 0;
    let work = 0;
    const fail = () => { throw new SyntaxError("pattern"); };
    const spend = (places) => { if ((work += places.size) > MOST_WORK) fail(); };
    const only = (places, test) => new Set([...places].filter(test));
    const sign = (source) => {
      const one = new RegExp(`^${source}$`);
      return (text, from) => {
        spend(from);
        return new Set([...from].filter((place) => place < text.length && one.test(text[place])).map((place) => place + 1));
      };
    };
    const group = () => {
      if (pattern[at] === "?" && pattern.slice(at, (at += 2)) !== "?:") fail();
      const inner = ways();
      return pattern[at++] === ")" ? inner : fail();
    };
    const inClass = () => {
      const found = /^\^?(?:[^\]\\]|\\[\W_dDwWsS])+\]/.exec(pattern.slice(at)) || fail();
      at += found[0].length;
      return sign(`[${found[0]}`);
    };
    const part = () => {
      const first = pattern[at++];
      if (first === "(") return group();
      if (first === "[") return inClass();
      if (first === "^") return (text, from) => only(from, (place) => place === 0);
      if (first === "$") return (text, from) => only(from, (place) => place === text.length);
      if (first === "\\") return /^[\W_dDwWsS]$/.test(pattern[at] || "") ? sign(first + pattern[at++]) : fail();
      if ("*+?{".includes(first)) fail();
      return sign(first === "." ? first : first.replace(/[\]}/-]/, "\\$&"));
    };
    const counted = () => {
      const unit = part();
      const found = /^(?:[*+?]|\{(\d{1,3})?(,(\d{1,3})?)?\})/.exec(pattern.slice(at));
      if (!found) return unit;
      at += found[0].length;
      if (pattern[at] === "?") at++;
      if (found[0] === "{}" || (pattern[at] && "*+{".includes(pattern[at]))) fail();
      const least = found[0] === "+" ? 1 : Number(found[1] || 0);
      const most = found[0] === "?" ? 1 : found[3] ? Number(found[3]) : found[1] && !found[2] ? least : MOST;
      return (text, from) => {
        let now = from;
        for (let n = 0; n < least && now.size; n++) {
          spend(now); /* nothing, counted often, takes time too */
          now = unit(text, now);
        }
        const all = new Set(now);
        for (let n = least; n < most && now.size; n++) {
          now = only(unit(text, now), (place) => !all.has(place));
          now.forEach((place) => all.add(place));
        }
        return all;
      };
    };
    const run = () => {
      const parts = [];
      while (at < pattern.length && !"|)".includes(pattern[at])) parts.push(counted());
      return (text, from) => {
        spend(from);
        return parts.reduce((now, one) => one(text, now), from);
      };
    };
    const ways = () => {
      const all = [run()];
      while (pattern[at] === "|" && ++at) all.push(run());
      return (text, from) => new Set(all.flatMap((one) => [...one(text, from)]));
    };
    const whole = pattern.length > MOST ? fail() : ways();
    if (at < pattern.length) fail();
    return (text) => {
      work = 0;
      return whole(text, new Set([0])).has(text.length);
    };
  };

  /* ---- values ------------------------------------------------------------- */
  const PLAIN = "[A-Za-z0-9_@%+=:,./-]+"; /* no sign of it means anything to a shell; what a value may be without a pattern */
  const BARE = new RegExp(`^${PLAIN}$`);
  const HIDDEN = /[\0-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]/;

  /* A value as a message may show it: a sign that turns the direction of text would turn that of the message too. */
  const visible = (value) => [...value.replace(/\s+/g, " ")].map((sign) => (HIDDEN.test(sign) ? "\ufffd" : sign)).join("");

  /* Why a value is refused; empty when it is not. Whatever the pattern allows, nothing that could end a quotation. */
  const refusal = (value, pattern) => {
    if (value.length > MOST) return `it is longer than ${MOST} characters`;
    if (HIDDEN.test(value)) return "it holds line breaks or signs that cannot be seen";
    if (/["'`$\\]/.test(value)) return "it holds a quote, a backtick, a backslash or a dollar sign";
    if (value[0] === "-") return "it begins with a dash, which commands take for an option";
    try {
      if (matcher(pattern || PLAIN)(value)) return "";
      return pattern ? `it does not match ${pattern}` : `only letters, digits and _ @ % + = : , . / - are taken`;
    } catch {
      return "its pattern cannot be read here";
    }
  };

  /* What the address gives, by names in capitals: `?pod=x`, Grafana's `var-pod=x`, Alertmanager's `filter={pod="x"}`. */
  const given = () => {
    const found = new Map();
    const put = (name, value) => {
      const key = name.toUpperCase().replace(/[.-]/g, "_");
      if (value && !found.has(key)) found.set(key, value);
    };
    const query = [...new URLSearchParams(location.search)];
    for (const [name, value] of query) put(name, value);
    for (const [name, value] of query) {
      if (/^(var-|labels?[._])/i.test(name)) put(name.replace(/^(var-|labels?[._])/i, ""), value);
      if (name === "filter") for (const one of value.matchAll(/([A-Za-z_]\w*)="([^"]*)"/g)) put(one[1], one[2]);
    }
    return found;
  };

  /* In what a text that a shell reads ends: "" for plain words, a quote, "#" for a comment, "?" where nobody can tell. */
  const quoting = (text) => {
    let open = "";
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (open === "'") open = sign === "'" ? "" : open;
      else if (sign === "\\") at++;
      else if (sign === "`" || /^(?:\$'|<<)/.test(text.slice(at, at + 2)) || (open && text.startsWith("$(", at))) return "?";
      else if (open) open = sign === open ? "" : open;
      else if (sign === "'" || sign === '"') open = sign;
      else if (sign === "#" && !/\S/.test(text[at - 1] || " ")) {
        at = text.indexOf("\n", at);
        if (at < 0) return "#";
      }
    }
    return open;
  };

  /* A value as it stands in a command; null where it cannot be put without a danger. */
  const inCommand = (value, code, mark) => {
    if (BARE.test(value)) return value;
    const before = document.createRange();
    before.setStart(code, 0);
    before.setEndBefore(mark);
    const sure = quoting(String(before)) === "" && ["", "#"].includes(quoting(code.textContent));
    return sure ? `'${value}'` : null;
  };

  /* Mark the values that no build has marked, as in a site of another generator: `${NAME}` within or across elements. */
  const markValues = (root, names) => {
    const skipped = (node) => (node.parentElement.closest("var.sre-ph, .sre-params, script, style") ? 2 : 1);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, skipped);
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const place = (offset) => {
      const [start, node] = nodes.filter((one) => one[0] <= offset).pop();
      return [node, offset - start];
    };
    for (const found of [...text.matchAll(new RegExp(`\\$\\{(${names.join("|")})\\}`, "g"))].reverse()) {
      if (/[\\$]/.test(text[found.index - 1] || "")) continue; /* escaped, so it is none */
      const range = document.createRange();
      const [last, end] = place(found.index + found[0].length - 1);
      range.setStart(...place(found.index));
      range.setEnd(last, end + 1);
      const mark = document.createElement("var");
      mark.className = "sre-ph";
      mark.dataset.ph = found[1];
      mark.textContent = range.extractContents().textContent;
      range.insertNode(mark);
    }
  };

  const openIn = (element) =>
    [...new Set([...element.querySelectorAll("var.sre-ph:not(.set)")].map((mark) => mark.dataset.ph))];

  const fillMarks = (root, values) => {
    for (const mark of root.querySelectorAll("var.sre-ph")) {
      const name = mark.dataset.ph;
      const value = values.get(name);
      const code = mark.closest("code");
      const shown = value === undefined ? null : code ? inCommand(value, code, mark) : value;
      mark.textContent = shown === null ? `\${${name}}` : shown;
      mark.classList.toggle("set", shown !== null);
    }
  };

  /* Links to dashboards: only behind the host, so that no value chooses where a link leads. */
  const fillLinks = (root, values) => {
    for (const link of root.querySelectorAll("a[href]")) {
      const written = link.dataset.sreHref || link.getAttribute("href");
      if (!/^https?:\/\/[^/?#$%]+[/?#].*\$(?:\{|%7B)/i.test(written)) continue;
      link.dataset.sreHref = written;
      const filled = written.replace(/\$(?:\{|%7B)(\w+)(?:\}|%7D)/gi, (whole, name) =>
        values.has(name) ? encodeURIComponent(values.get(name)) : whole);
      link.setAttribute("href", filled);
      link.classList.toggle("sre-unfilled", /\$(?:\{|%7B)\w/i.test(filled));
    }
  };

  const parameters = (root, form) => {
    const inputs = [...form.querySelectorAll("input")];
    const names = inputs.map((input) => input.name);
    const fromAddress = given();
    const refused = new Map();
    for (const input of inputs) {
      const told = document.createElement("small");
      told.className = "sre-refused";
      told.id = `sre-r-${input.name}`;
      input.parentElement.append(told);
      const value = fromAddress.get(input.name) || input.dataset.default || "";
      if (refusal(value, input.dataset.pattern)) refused.set(input.name, value);
      else input.value = value;
    }
    const fill = () => {
      const values = new Map();
      for (const input of inputs) {
        const value = input.value.trim() || refused.get(input.name) || "";
        const why = value && refusal(value, input.dataset.pattern);
        if (value && !why) values.set(input.name, value);
        const shown = value.length > 40 ? `${value.slice(0, 40)}\u2026` : value;
        const told = form.querySelector(`#sre-r-${input.name}`);
        told.textContent = why ? `Refused: ${why}. It was \u201c${visible(shown)}\u201d.` : "";
        input.setAttribute("aria-invalid", String(Boolean(why)));
      }
      markValues(root, names);
      fillMarks(root, values);
      fillLinks(root, values);
      const open = names.filter((name) => !values.has(name));
      const many = open.length > 1 ? `${open.length} values are` : "1 value is";
      form.querySelector("output").textContent = open.length
        ? `${many} still open; a command that needs one says so when it is copied.`
        : "All values are filled in.";
      root.dispatchEvent(new Event("sre-filled"));
    };
    form.addEventListener("input", (event) => {
      refused.delete(event.target.name);
      fill();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    root.querySelector(".sre-values").hidden = true;
    fill();
  };

  /* ---- copying ------------------------------------------------------------ */
  const PROMPT = /^\s*(?:\[?[\w.-]{1,64}@[\w.-]{1,64}[ :][^\s$#]{0,200}\]?)?[$%\u276f]\s+(?=\S)/;

  /* A command without prompts; where lines have them, those without are output. */
  const withoutPrompts = (text) => {
    const lines = text.replace(/\s+$/, "").split("\n");
    if (!lines.some((line) => PROMPT.test(line))) return lines.join("\n");
    let goesOn = false;
    return lines.filter((line) => {
      const kept = goesOn || PROMPT.test(line);
      goesOn = kept && line.endsWith("\\");
      return kept;
    }).map((line) => line.replace(PROMPT, "").replace(/^> /, "")).join("\n");
  };

  let silence = 0;
  const say = (root, text) => {
    const said = root.querySelector(".sre-said");
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 8000);
  };

  /* Put a text into the clipboard, and return whether that worked; many a wiki is served without encryption. */
  const toClipboard = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const held = document.createElement("textarea");
      held.value = text;
      held.className = "sre-vh";
      document.body.append(held);
      const before = document.activeElement;
      held.select();
      try {
        return document.execCommand("copy");
      } catch {
        return false;
      } finally {
        held.remove();
        before.focus();
      }
    }
  };

  const button = (form, text) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = form;
    made.textContent = text;
    return made;
  };

  const copying = (root) => {
    const tell = [];
    const offer = (code, put) => {
      const made = button("sre-copy", "");
      const label = () => {
        const open = openIn(code);
        made.title = open.length ? `Copy the command; still open: ${open.join(", ")}` : "Copy the command";
        made.setAttribute("aria-label", made.title);
        if (open.length) made.dataset.open = open.length;
        else delete made.dataset.open;
      };
      made.addEventListener("click", async () => {
        const open = openIn(code);
        const still = open.length ? ` Still open: ${open.join(", ")}.` : "";
        if (await toClipboard(withoutPrompts(code.textContent))) say(root, `Copied.${still}`);
        else {
          getSelection().selectAllChildren(code);
          say(root, `Selected; copy it with the keyboard.${still}`);
        }
      });
      put(made);
      tell.push(label);
      label();
    };
    for (const code of root.querySelectorAll("pre > code")) {
      offer(code, (made) => {
        code.parentElement.classList.add("sre-copied");
        code.after(made);
      });
    }
    for (const code of root.querySelectorAll(":is(p, li) code")) {
      const words = code.textContent.trim().split(/\s+/);
      const command = /^[a-z][\w./-]*$/.test(words[0]) && words.length > (code.closest(".undo") ? 1 : 2);
      if (command && !code.closest("[class^=sre-]:not(.sre-then)")) offer(code, (made) => code.after(made));
    }
    root.addEventListener("sre-filled", () => tell.forEach((one) => one()));
  };

  /* ---- ticks -------------------------------------------------------------- */
  const titleOf = (holder) => {
    const copy = holder.cloneNode(true);
    copy.querySelectorAll(".sre-at, .sre-risk, .headerlink, .highlight, pre, ul, ol").forEach((one) => one.remove());
    return copy.textContent.trim().split("\n")[0].slice(0, 120);
  };

  const read = (key) => {
    try {
      const kept = Object.entries(JSON.parse(localStorage.getItem(key)) || {});
      return new Map(kept.filter(([, time]) => /^\d{4}-\d\d-\d\dT/.test(time) && !Number.isNaN(Date.parse(time))));
    } catch {
      return new Map();
    }
  };

  const endOf = (heading) => {
    let last = heading;
    for (let next = last.nextElementSibling; next; next = next.nextElementSibling) {
      if (/^H[1-6]$/.test(next.tagName) && next.tagName <= heading.tagName) break;
      last = next;
    }
    return last;
  };

  const ticks = (root, id) => {
    const key = `sre-steps:${location.pathname}`;
    const done = read(key);
    const steps = [];
    const bar = document.createElement("div");
    const told = document.createElement("span");
    const copy = button("sre-button", "Copy my steps with times");
    const clear = button("sre-button", "");
    const show = () => {
      for (const one of steps) {
        const time = done.get(one.title);
        one.box.checked = time !== undefined;
        one.at.classList.toggle("done", time !== undefined);
        one.time.textContent = time ? new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) : "";
        one.time.dateTime = time || "";
      }
      const latest = Math.max(0, ...[...done.values()].map((time) => Date.parse(time)));
      const old = done.size && Date.now() - latest > DAY / 2;
      told.textContent = old
        ? `These ticks are from ${new Date(latest).toLocaleDateString()}: copy what you need, then clear them.`
        : "Ticks and their times stay on this device.";
      copy.disabled = clear.disabled = !done.size;
      clear.textContent = "Clear the ticks";
    };
    let kept = true;
    /* What another tab has ticked in the meantime; nothing where this browser keeps no ticks. */
    const recall = () => {
      if (!kept) return;
      done.clear();
      read(key).forEach((time, title) => done.set(title, time));
    };
    const heard = (event) => {
      if (!root.isConnected) removeEventListener("storage", heard);
      else if (event.key === key || event.key === null) {
        recall();
        show();
      }
    };
    const keep = () => {
      try {
        if (done.size) localStorage.setItem(key, JSON.stringify(Object.fromEntries(done)));
        else localStorage.removeItem(key);
      } catch {
        kept = false;
        say(root, "This browser keeps no ticks; they are gone when the page is left.");
      }
      show();
    };
    for (const at of root.querySelectorAll(".sre-at")) {
      const holder = at.closest("h1, h2, h3, h4, h5, h6, li");
      const number = at.id.slice(1);
      const title = titleOf(holder);
      if (steps.some((one) => one.title === title)) continue;
      const label = document.createElement("label");
      const [box, time] = [document.createElement("input"), document.createElement("time")];
      label.className = "sre-tick";
      box.type = "checkbox";
      box.setAttribute("aria-label", `${number ? `Step ${number}` : title}: done`);
      box.addEventListener("change", () => {
        recall();
        if (box.checked) done.set(title, new Date().toISOString());
        else done.delete(title);
        keep();
      });
      label.append(box, " done ", time);
      if (holder.tagName === "LI") holder.append(label);
      else endOf(holder).after(label);
      steps.push({ at, box, time, title, number, label });
    }
    if (!steps.length) return;
    copy.addEventListener("click", async () => {
      const events = steps.filter((one) => done.has(one.title)).map((one) => [done.get(one.title), one])
        .sort((one, other) => (one[0] < other[0] ? -1 : 1))
        .map(([time, one]) => {
          const text = `${one.number ? `step ${one.number}` : "a step"} of ${id}: ${one.title}`;
          return `- {kind: tried, time: ${time.slice(0, 19)}Z, text: ${JSON.stringify(text)}}`;
        });
      const copied = await toClipboard(events.join("\n"));
      say(root, copied ? "Copied, for the events of a review." : "This browser lets no page copy.");
    });
    clear.addEventListener("click", () => {
      if (clear.dataset.sure) {
        done.clear();
        keep();
      } else clear.textContent = `Clear ${done.size === 1 ? "1 tick" : `${done.size} ticks`} for good?`;
      clear.dataset.sure = clear.dataset.sure ? "" : "1";
    });
    clear.addEventListener("blur", () => {
      clear.dataset.sure = "";
      clear.textContent = "Clear the ticks";
    });
    bar.className = "sre-export";
    bar.append(copy, clear, told);
    steps[steps.length - 1].label.after(bar);
    addEventListener("storage", heard);
    show();
  };

  const runbook = () => {
    const first = document.querySelector(".sre-first");
    const root = first && first.parentElement;
    if (!root || root.querySelector(".sre-said")) return;
    const said = document.createElement("div");
    said.className = "sre-said";
    said.setAttribute("role", "status");
    root.append(said);
    for (const word of root.querySelectorAll("p > b:first-child")) {
      const found = /^(Expect|Undo|Before|Loses)\b/.exec(word.textContent);
      if (found && !word.previousSibling) word.parentElement.classList.add("sre-then", found[0].toLowerCase());
    }
    copying(root);
    ticks(root, (root.querySelector(".sre-head") || first).dataset.sre || "");
    const form = root.querySelector("form.sre-params");
    if (form) parameters(root, form);
  };

  /* The page of an alert hands the labels of its address on to the runbook, and a fragment that it does not know. */
  const carry = () => {
    for (const link of document.querySelectorAll("a.sre-carry")) {
      const target = new URL(link.href);
      target.search = location.search;
      if (!target.hash && !document.querySelector(":target")) target.hash = location.hash;
      link.href = target.href;
    }
  };

  const start = () => {
    carry();
    tell();
    runbook();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  /* Material tells of pages that it puts in the place of others; from a file it tells of none. */
  if (window.document$) window.document$.subscribe(start);
})();
