// Whether a server or the browser answers. This file is for a server's own page; the command `page` replaces
// it when it publishes the page without a server.
export const bundle = null; // the folder of the model that runs in the browser; null: the server answers
export const links = [["API", "docs"]]; // shown above the form: [title, address]
