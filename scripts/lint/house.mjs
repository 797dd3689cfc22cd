// The taste of the house that no ready rule knows: what a selector matches is forbidden. Read by oxlint (.oxlintrc.json);
// test/lint.test.ts plants what breaks each rule.

/** A rule that forbids what its selectors match. */
const forbids = (...forbidden) => ({
  create: (context) =>
    Object.fromEntries(forbidden.map(([selector, message]) => [selector, (node) => context.report({ node, message })])),
})

const SQL = '/^\\s*(SELECT|INSERT|REPLACE|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|ATTACH|VACUUM)\\s/'
const SQL_HOME = 'SQL belongs in src-main/sqlite (or soc, copies, predicate).'
const NO_HTML = 'Cell text is data, never HTML.'

const option = (name, value) => [
  `Property[key.name='${name}'][value.value=${value}]`,
  `${name}: ${value} opens the page's cage.`,
]

export default {
  meta: { name: 'house' },
  rules: {
    'sql-lives-with-the-store': forbids(
      [`Literal[value=${SQL}]`, SQL_HOME],
      [`TemplateLiteral > TemplateElement:first-child[value.raw=${SQL}]`, SQL_HOME],
    ),
    'imports-name-files': forbids([
      String.raw`:matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression)[source.value=/^\.{1,2}\u002F(?!.*\.[a-z0-9]+(\?.*)?$)/]`,
      'Node runs the sources as they are: name the file with its extension.',
    ]),
    'page-holds-no-html': forbids(
      [
        'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment|setHTMLUnsafe)$/]',
        NO_HTML,
      ],
      ['JSXAttribute[name.name=/^(dangerouslySetInnerHTML|srcDoc)$/]', NO_HTML],
      ['Property[key.name=/^(dangerouslySetInnerHTML|innerHTML)$/]', NO_HTML],
      ["CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]", NO_HTML],
      ["CallExpression[callee.object.name='window'][callee.property.name='open']", 'The page opens no windows.'],
    ),
    'electron-stays-locked': forbids(
      option('nodeIntegration', true),
      option('nodeIntegrationInWorker', true),
      option('nodeIntegrationInSubFrames', true),
      option('contextIsolation', false),
      option('sandbox', false),
      option('webSecurity', false),
      option('allowRunningInsecureContent', true),
      option('experimentalFeatures', true),
      option('webviewTag', true),
      ["Literal[value='no-sandbox']", 'The sandbox stays on.'],
    ),
    'electron-opens-in-one-place': forbids([
      "MemberExpression[property.name='openExternal']:not([object.name='ports'])",
      'Leaving the program goes through electron/desktop.ts, which checks the address.',
    ]),
    'electron-hears-in-one-place': forbids([
      "Identifier[name='ipcMain']",
      'Messages of the page arrive in electron/ipcWire.ts, which checks their sender.',
    ]),
    'tests-run': forbids(
      [
        "MemberExpression[object.name=/^(test|it|describe)$/][property.name='only']",
        'A focused test switches the others off.',
      ],
      [
        'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(skip|fixme|todo)$/][arguments.length<2]',
        'Say why it is skipped: test.skip(condition, reason).',
      ],
      [
        'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(skip|fixme|todo)$/] > :function.arguments:last-child',
        'Say when and why it is skipped: test.skipIf(condition) with the reason in the name.',
      ],
    ),
  },
}
