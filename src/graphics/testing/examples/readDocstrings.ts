import ts from 'typescript';

/** What an exported function's docstring has to say, and what of it is missing. */
export interface FunctionDocstring {
  readonly name: string;
  readonly missing: readonly string[];
}

/** Refusals, as this library writes them. */
const REFUSES = /\b(?:check[A-Z]\w*|broadcastBatches|assertInRange)\(|\bthrow new\b/;

type FunctionNode = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** Exported functions, and constants that are functions. */
function functionsOf(statement: ts.Statement): (readonly [name: string, node: ts.Statement, code: FunctionNode])[] {
  const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!exported) return [];
  if (ts.isFunctionDeclaration(statement)) return statement.name ? [[statement.name.text, statement, statement]] : [];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    (initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) ? [[name.getText(), statement, initializer] as const] : []));
}

/** Overloads are told once, at the first. */
const withFirstOverload = (entries: ReturnType<typeof functionsOf>): ReturnType<typeof functionsOf> =>
  entries.filter(([name], i) => entries.findIndex(([other]) => other === name) === i);

function missingOf(node: ts.Statement, code: FunctionNode, text: string): string[] {
  const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  if (!doc) return ['docstring'];
  const [written, tags] = [doc.getText(), ts.getJSDocTags(node)];
  const described = tags.filter(ts.isJSDocParameterTag).map((tag) => tag.name.getText().split('.')[0]);
  const returns = code.type?.getText() ?? '';
  return [
    ...((ts.getTextOfJSDocComment(doc.comment) ?? '').trim() ? [] : ['sentence']),
    ...code.parameters.filter(({ name }) => ts.isIdentifier(name) && !described.includes(name.text)).map(({ name }) => `@param ${name.getText()}`),
    ...(/^(void|Promise<void>)$|^asserts /.test(returns) || /@returns|^\/\*\* |[Uu]ndoes|[Tt]rue where/.test(written) ? [] : ['@returns']),
    ...(REFUSES.test(text) && !/@throws|[Rr]efuse|[Tt]hrows/.test(written) ? ['@throws'] : []),
  ];
}

/** The docstrings of all functions that a source file exports and gives an example of: what has none is not for the public. */
export function readDocstrings(file: string, source: string): readonly FunctionDocstring[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const entries = parsed.statements.flatMap(functionsOf);
  const wholeOf = (name: string) => entries.filter(([other]) => other === name).map(([, , code]) => code.getText()).join('\n');
  return withFirstOverload(entries)
    .filter(([, node]) => ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'example'))
    .map(([name, node, code]) => ({ name: `${file}: ${name}`, missing: missingOf(node, code, wholeOf(name)) }));
}
