// Runs before the first paint, so that the page never flashes in the wrong theme. An external file: the content
// security policy forbids inline scripts.
(function () {
  var scheme = 'auto';
  try {
    scheme = localStorage.getItem('reflexarc-scheme') || 'auto';
  } catch (e) {
    // Storage is closed in some private modes: follow the system.
  }
  if (scheme === 'auto') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
