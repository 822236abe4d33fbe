import type { Routes } from './platform/http.ts';

/** The page at /: what is running and how to use it, without any script, and nothing that is not there yet. */
export const landingPage: Routes = (app) => {
  app.get('/', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => {
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache');
    return page;
  });
};

const page = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Navigator</title>
<style>
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1.25rem; color: #1c2733; background: #fff; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin-top: 2rem; }
code { font-size: 0.95em; background: #eef1f4; padding: 0.1em 0.35em; border-radius: 0.2em; overflow-wrap: anywhere; }
a { color: #0b5394; }
</style>
</head>
<body>
<main>
<h1>Navigator is running</h1>
<p>It knows who may be contacted, about what, by which channel and on what grounds, and can prove it.</p>
<h2>Use it from another program</h2>
<p>Everything can be asked and recorded through the API at <code>/api/v1</code>.
<a href="/api/v1/openapi.json">Its description</a> names every operation (OpenAPI 3.1).</p>
<h2>Sign in</h2>
<p>Programs sign in with an API key in the header <code>Authorization: Bearer nav_…</code>. Make one on the
computer that runs Navigator:</p>
<p><code>npm run -s navigator -- api-key create --name "My program" --scope customers:read decisions</code></p>
<h2>Screens</h2>
<p>The screens for staff are not part of this version. Use the command line or the API.
<code>npm run -s navigator -- --help</code> lists what the command line can do.</p>
</main>
</body>
</html>
`;
