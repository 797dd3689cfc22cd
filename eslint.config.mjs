import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import { builtinRules } from 'eslint/use-at-your-own-risk'
import tseslint from 'typescript-eslint'

// What needs types (promises left alone, errors that are none, cases forgotten) is in .oxlintrc.json: its checker does that in a
// quarter of the time.
const SOURCES = ['**/*.{ts,tsx}']
const TESTS = ['**/*.test.{ts,tsx}', 'src-main/**/testing/**', 'test/**', 'e2e/**', 'bench/**']

/** Where a value of one type becomes a value of another because the compiler cannot follow. Each of them checks at run time what it asserts. */
const BRIDGES = [
  'src-preload/contract/contract.ts', // names of calls out of the contract's own keys
  'src-main/rpc/router.ts', // a call's name chooses its handler
  'src-main/worker/{pool,worker,procedures}.ts', // a procedure's name chooses its function, in and out of the thread
  'src-main/importer/fast/fastWorker.ts', // what a thread was started with
  'src-main/clickhouse/localServerChild.ts', // what the process was started with, and a package that is not installed here
  'src-main/sqlite/watchedText.ts', // a String object for a reader of strings
  'src-renderer/backend/backend.ts', // a reply belongs to the call with its number
]

/** Where SQL lives. Everywhere else a statement would be built beside the data that goes into it. */
const SQL_HOMES = [
  'src-main/sqlite/**',
  'src-main/predicate/**',
  'src-main/soc/**',
  // Questions to tables of ClickHouse that it made itself.
  'src-main/copies/**',
  'src-main/clickhouse/**',
  'src-main/importer/datasetFile.ts',
]
/** These talk to a terminal. */
const TERMINALS = ['src-main/cli/**', 'src-main/headless/**', 'scripts/**', 'bench/**', 'e2e/**']
/** Lists of data are as long as the world they describe. */
const DATA_TABLES = [
  'src-main/analyzers/patterns/**',
  'src-main/importer/fast/fastModuleBytes.ts',
  'src-main/segments/segmentsModuleBytes.ts',
]

const SQL = '/^\\s*(SELECT|INSERT|REPLACE|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|ATTACH|VACUUM)\\s/'

/** One rule of selectors under a name of its own: `no-restricted-syntax` itself can be set only once per file. */
const selectorRule = builtinRules.get('no-restricted-syntax')
const house = {
  rules: {
    'max-lines-soon': builtinRules.get('max-lines'),
    'sql-lives-with-the-store': selectorRule,
    'page-holds-no-html': selectorRule,
    'electron-stays-locked': selectorRule,
    'tests-run': selectorRule,
    'imports-name-files': selectorRule,
  },
}
const option = (name, value) => ({
  selector: `Property[key.name='${name}'][value.value=${value}]`,
  message: `${name}: ${value} opens the page's cage.`,
})

export default defineConfig(
  {
    ignores: [
      'node_modules/',
      '.cache/',
      'out/',
      'dist/',
      'coverage/',
      'playwright-report/',
      'test-results/',
      '**/*.d.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { house } },

  {
    files: ['**/*.{js,mjs,cjs}'],
    ...js.configs.recommended,
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'readonly',
        require: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
      },
    },
  },

  {
    files: SOURCES,
    extends: [js.configs.recommended, tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'prefer-const': 'error',
      'no-param-reassign': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'house/max-lines-soon': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'house/sql-lives-with-the-store': [
        'error',
        { selector: `Literal[value=${SQL}]`, message: 'SQL belongs in src-main/sqlite (or soc, copies, predicate).' },
        {
          selector: `TemplateLiteral > TemplateElement:first-child[value.raw=${SQL}]`,
          message: 'SQL belongs in src-main/sqlite (or soc, copies, predicate).',
        },
      ],
      'house/imports-name-files': [
        'error',
        {
          selector: String.raw`:matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression)[source.value=/^\.{1,2}\u002F(?!.*\.[a-z0-9]+(\?.*)?$)/]`,
          message: 'Node runs the sources as they are: name the file with its extension.',
        },
      ],
    },
  },

  { files: BRIDGES, rules: { '@typescript-eslint/consistent-type-assertions': 'off' } },
  { files: SQL_HOMES, rules: { 'house/sql-lives-with-the-store': 'off' } },
  { files: TERMINALS, rules: { 'no-console': 'off' } },
  // The importer looks for control characters on purpose; evidence is full of them.
  { files: ['src-main/importer/**'], rules: { 'no-control-regex': 'off' } },
  { files: DATA_TABLES, rules: { 'max-lines': 'off', 'house/max-lines-soon': 'off' } },

  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    ...hooks.configs.flat.recommended,
  },
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    rules: {
      'react-hooks/exhaustive-deps': 'error',
      'no-script-url': 'error',
      'house/page-holds-no-html': [
        'error',
        {
          selector:
            'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment|setHTMLUnsafe)$/]',
          message: 'Cell text is data, never HTML.',
        },
        {
          selector: 'JSXAttribute[name.name=/^(dangerouslySetInnerHTML|srcDoc)$/]',
          message: 'Cell text is data, never HTML.',
        },
        {
          selector: 'Property[key.name=/^(dangerouslySetInnerHTML|innerHTML)$/]',
          message: 'Cell text is data, never HTML.',
        },
        {
          selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]",
          message: 'Cell text is data, never HTML.',
        },
        {
          selector: "CallExpression[callee.object.name='window'][callee.property.name='open']",
          message: 'The page opens no windows.',
        },
      ],
    },
  },

  {
    files: ['src-main/**/*.ts', 'src-preload/**/*.ts'],
    rules: {
      'house/electron-stays-locked': [
        'error',
        option('nodeIntegration', true),
        option('nodeIntegrationInWorker', true),
        option('nodeIntegrationInSubFrames', true),
        option('contextIsolation', false),
        option('sandbox', false),
        option('webSecurity', false),
        option('allowRunningInsecureContent', true),
        option('experimentalFeatures', true),
        option('webviewTag', true),
        { selector: "Literal[value='no-sandbox']", message: 'The sandbox stays on.' },
        {
          selector: "MemberExpression[property.name='openExternal']:not([object.name='ports'])",
          message: 'Leaving the program goes through electron/desktop.ts, which checks the address.',
        },
        {
          selector: "Identifier[name='ipcMain']",
          message: 'Messages of the page arrive in electron/ipcWire.ts, which checks their sender.',
        },
      ],
    },
  },
  {
    files: ['src-main/electron/desktop.ts'],
    rules: {
      'house/electron-stays-locked': [
        'error',
        option('contextIsolation', false),
        { selector: "Identifier[name='ipcMain']", message: 'Messages of the page arrive in electron/ipcWire.ts.' },
      ],
    },
  },
  {
    files: ['src-main/electron/ipcWire.ts'],
    rules: {
      'house/electron-stays-locked': [
        'error',
        option('contextIsolation', false),
        {
          selector: "MemberExpression[property.name='openExternal']",
          message: 'Leaving the program goes through electron/desktop.ts.',
        },
      ],
    },
  },

  {
    files: TESTS,
    rules: {
      'no-console': 'off',
      'max-lines': 'off',
      'no-control-regex': 'off',
      'house/max-lines-soon': 'off',
      'house/sql-lives-with-the-store': 'off',
      'house/electron-stays-locked': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      'house/tests-run': [
        'error',
        {
          selector: "MemberExpression[object.name=/^(test|it|describe)$/][property.name='only']",
          message: 'A focused test switches the others off.',
        },
        {
          selector:
            'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(skip|fixme|todo)$/][arguments.length<2]',
          message: 'Say why it is skipped: test.skip(condition, reason).',
        },
        {
          selector:
            'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(skip|fixme|todo)$/] > :function.arguments:last-child',
          message: 'Say when and why it is skipped: test.skipIf(condition) with the reason in the name.',
        },
      ],
    },
  },
)
