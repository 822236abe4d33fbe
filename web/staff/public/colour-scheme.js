// Before the first paint, so that nobody who works in the dark is dazzled. A file of its own, because the
// content security policy allows no script inside the page.
try {
  const chosen = localStorage.getItem('navigator-colour-scheme');
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
} catch {
  document.documentElement.setAttribute('data-mantine-color-scheme', 'light');
}
