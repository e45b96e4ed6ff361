import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { eslintBorders } from './tools/borders.mjs';

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only libs/config reads the environment.',
};
const noForwardRef = {
  selector: "CallExpression[callee.name='forwardRef']",
  message: 'Two features that need each other are one feature, or one event short.',
};
const businessTime = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Business time comes from the injected Clock.' },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Business time comes from the injected Clock.',
  },
];
const noFocus = {
  selector: "CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name='only']",
  message: 'No focused tests.',
};
const specs = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.int-fixture.ts', '**/*.e2e-spec.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.local/', '**/generated/', 'coverage/', 'test/architecture/planted/', '**/*.d.mts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowStaticOnly: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 6],
      complexity: ['error', 14],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  // Injected classes need their value at run time: decorator metadata reads it.
  {
    files: ['apps/**/*.ts', 'libs/{messaging,scheduling,observability,config}/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  // Nest declares the options of an application as a class, and everybody gives it a literal.
  {
    files: ['apps/*/src/main.ts', 'libs/messaging/src/service.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  ...eslintBorders(),
  {
    files: ['libs/**/*.ts'],
    ignores: [...specs, 'libs/config/**', 'libs/testing/**'],
    rules: { 'no-restricted-syntax': ['error', noEnvironment, noForwardRef] },
  },
  {
    files: ['apps/**/*.ts', 'libs/{ladder,scheduling}/**/*.ts', 'test/architecture/planted/apps/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-syntax': ['error', noEnvironment, noForwardRef, ...businessTime] },
  },
  {
    files: [...specs, 'libs/testing/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // Tests look into what the code under test answers; the compiler still checks their types.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': ['error', noFocus],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        'process console URL Buffer fetch setTimeout clearTimeout setInterval clearInterval setImmediate performance AbortSignal AbortController TextDecoder structuredClone WebAssembly'
          .split(' ')
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
);
