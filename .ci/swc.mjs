/** How TypeScript is compiled, file by file: for the tests and for dist/. */
export const compiled = {
  swcrc: false,
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022', transform: { verbatimModuleSyntax: true } },
  module: { type: 'es6' },
};
