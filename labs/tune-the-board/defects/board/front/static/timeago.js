/*: defect static-by-the-app */
/*: mended */
/*: same app/static/timeago.js */
/*: end */
