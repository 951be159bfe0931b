/*: defect static-by-the-app */
/*: mended */
/*: same app/static/board.js */
/*: end */
