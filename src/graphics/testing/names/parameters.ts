import ts from 'typescript';

/** What a function of ours takes, read from its source. */
export interface OurParameters {
  readonly positional: readonly string[];
  /** Names in its trailing options object, and their defaults as written; undefined where there is none. */
  readonly options: Readonly<Record<string, string | undefined>>;
}

/** Reads the parameters of a function's text: names in order, and what it destructures from an object called options or unnamed. */
export function readParameters(functionText: string): OurParameters {
  const source = ts.createSourceFile('function.ts', `(${functionText})`, ts.ScriptTarget.ES2022, true);
  const declaration = find(source, (node): node is ts.FunctionLikeDeclaration => ts.isFunctionExpression(node) || ts.isArrowFunction(node));
  if (!declaration) throw new Error(`This is no function: ${functionText.slice(0, 80)}`);
  const positional: string[] = [];
  const options: Record<string, string | undefined> = {};
  const take = (pattern: ts.ObjectBindingPattern) => pattern.elements.forEach((element) => {
    options[(element.propertyName ?? element.name).getText(source)] = element.initializer?.getText(source);
  });
  for (const parameter of declaration.parameters) {
    if (ts.isObjectBindingPattern(parameter.name)) take(parameter.name);
    else if (parameter.name.getText(source) === 'options') takeFromBody(declaration, take, options, source);
    else positional.push(parameter.name.getText(source));
  }
  return { positional, options };
}

/** Options that the body takes out of the object: `const { a = 1 } = options` and `options.b ?? 2`. */
function takeFromBody(
  declaration: ts.FunctionLikeDeclaration, take: (pattern: ts.ObjectBindingPattern) => void, options: Record<string, string | undefined>, source: ts.SourceFile,
): void {
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer?.getText(source) === 'options') take(node.name);
    if (ts.isPropertyAccessExpression(node) && node.expression.getText(source) === 'options') {
      const whole = node.parent;
      const fallback = ts.isBinaryExpression(whole) && whole.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ? whole.right.getText(source) : undefined;
      options[node.name.getText(source)] ??= fallback;
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(declaration, visit);
}

function find<T extends ts.Node>(node: ts.Node, accept: (node: ts.Node) => node is T): T | undefined {
  if (accept(node)) return node;
  return ts.forEachChild(node, (child) => find(child, accept));
}
