export const pageStyle = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent); --quiet: color-mix(in srgb, currentColor 70%, transparent) }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 80rem; padding: 0 1rem }
h1 { font-size: 1.4rem; font-weight: 600; margin: 0 } h2 { display: inline; font-size: 1.1rem; font-weight: 600 }
p { margin: .25rem 0 } small { color: var(--quiet); font-size: .85em; font-weight: 400 }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .75rem 0; padding: 0 }
a { color: light-dark(#0969da, #6cb6ff) }
section { border-top: 2px solid var(--line); padding: .75rem 0 } summary { cursor: pointer }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin-top: .5rem; font-size: .9rem }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere }
thead th { color: var(--quiet); font-weight: 500 } tbody th { font-weight: 400 }
th:nth-child(1) { width: 15% } th:nth-child(2) { width: 29% } th:nth-child(3) { width: 12% } th:nth-child(4) { width: 30% }
td details summary { color: var(--quiet) }
@media (max-width: 50rem) { th:nth-child(5), td:nth-child(5) { display: none } }
`;
