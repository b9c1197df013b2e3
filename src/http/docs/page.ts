/**
 * The page to read and try the API. It is our own and takes no script from elsewhere: passwords are typed into it, so
 * it has the strictest policy that a page can have, and it works with no network but the service.
 */
export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Portico API</title>
<link rel="stylesheet" href="docs/style.css">
<script type="module" src="docs/app.js"></script>
</head>
<body>
<a class="skip" href="#operations">Skip to the operations</a>
<header>
<div class="title">
<h1>Portico API</h1>
<p>The document behind this page: <a href="openapi.yaml">openapi.yaml</a>, <a href="openapi.json">openapi.json</a></p>
</div>
<div class="token">
<label for="token">Access token</label>
<input id="token" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="token-hint" placeholder="none yet">
<p id="token-hint" role="status">Filled in by a sign-in. Kept in this page only, until it is closed.</p>
</div>
</header>
<div class="columns">
<nav id="contents" aria-label="Operations"></nav>
<main id="operations" tabindex="-1">
<noscript><p>This page needs JavaScript. The documents named above do not.</p></noscript>
</main>
</div>
</body>
</html>
`;
