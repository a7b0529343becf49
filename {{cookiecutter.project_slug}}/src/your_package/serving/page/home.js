// Where this page is at home. This file stands for the server's own page; the command `page` writes
// another in its place when it publishes the page without a server.
export const bundle = null; // the folder of a model to be run in the browser; null: the server is asked
export const links = [["API", "docs"]]; // shown above the form: [title, address]
