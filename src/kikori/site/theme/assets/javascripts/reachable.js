/* What is wider than its place can be scrolled with the keyboard: tables, code and diagrams, where they are cut off. */
(() => {
  const places = ".md-typeset__scrollwrap, .kikori-diagram, .md-typeset pre > code";
  const mark = (place) => {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    else place.removeAttribute("tabindex");
  };
  // It also tells of what was folded away when the page came, and of a window that was turned.
  const seen = new ResizeObserver((all) => all.forEach((one) => mark(one.target)));
  const watch = (root) => root.querySelectorAll(places).forEach((place) => seen.observe(place));
  addEventListener("load", () => watch(document));
  document.addEventListener("kikori-printed", ({target}) => watch(target));
})();
