/* mkdocs-sre: a further address of an alert hands its query and fragment on; without this script the page leads on alone. */
(() => {
  "use strict";
  const target = new URL(document.currentScript.dataset.to, location.href);
  target.search = location.search;
  target.hash = location.hash;
  if (location.protocol !== "file:") target.pathname = target.pathname.replace(/\/index\.html$/, "/");
  window.stop(); /* so that the page's own refresh, which knows neither, is never read */
  location.replace(target.href);
})();
