/* Where the window is narrow, a page's contents are in the drawer: those beside the text, which a page need not hold twice. */
document.getElementById("__toc")?.parentNode.append(document.querySelector(".md-sidebar--secondary .md-nav").cloneNode(true));
