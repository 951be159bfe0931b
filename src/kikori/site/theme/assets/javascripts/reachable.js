/* What is wider than its place can be scrolled with the keyboard: tables, code and diagrams, where they are cut off. */
(() => {
  const mark = () => {
    for (const place of document.querySelectorAll(".md-typeset__scrollwrap, .kikori-diagram, .md-typeset pre > code")) {
      if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
      else place.removeAttribute("tabindex");
    }
  };
  addEventListener("load", mark);
  addEventListener("resize", mark);
})();
