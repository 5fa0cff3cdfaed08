/* mkdocs-sre: what has come due since the build, by the reader's day in UTC. Pages say the days without this script. */
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

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", tell);
  else tell();
  /* Material tells of pages that it puts in the place of others; from a file it tells of none. */
  if (window.document$) window.document$.subscribe(tell);
})();
