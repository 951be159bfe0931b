/* The theme fetches its whole search index with every page. Here it waits until somebody is about to search,
   or has come from a search: a page stays light however large the course grows. */
(() => {
  const {open, send} = XMLHttpRequest.prototype;
  const wanted = new Promise(begin => {
    if (/[?&][qh]=/.test(location.search)) begin();
    addEventListener("focusin", ({target}) => target.closest("[data-md-component=search]") && begin());
  });
  // The theme hears keys alone: what is pasted, dictated or chosen from an input method comes without one.
  addEventListener("input", ({target}) => {
    if (target.matches("[data-md-component=search-query]")) target.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
  });
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.isIndex = String(url).endsWith("/search/search_index.json");
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.isIndex) wanted.then(() => send.apply(this, body));
    else send.apply(this, body);
  };
})();
