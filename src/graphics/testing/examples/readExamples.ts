import ts from 'typescript';

/** An example of a docstring, to be run as it stands. */
export interface Example {
  /** File and exported name, such as `/src/graphics/geometry/transformation/quaternion.ts: multiply`. */
  readonly name: string;
  /** TypeScript. */
  readonly code: string;
}

const FENCE = /```(?:ts|typescript)\n([\s\S]*?)```/g;

const isMarked = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);

/** What a statement exports, by name; a class's static members as `Class.member`. */
function exportsOf(statement: ts.Statement): (readonly [name: string, node: ts.Node])[] {
  if (!isMarked(statement, ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((declaration) => [declaration.name.getText(), declaration]);
  if (ts.isFunctionDeclaration(statement) && statement.name) return [[statement.name.text, statement]];
  if (!ts.isClassDeclaration(statement) || !statement.name) return [];
  const { text } = statement.name;
  const members = statement.members.filter((member) => member.name && isMarked(member, ts.SyntaxKind.StaticKeyword));
  return [[text, statement], ...members.map((member) => [`${text}.${member.name!.getText()}`, member] as const)];
}

/** What a source file exports, with the examples in its docstrings. */
export function readExamples(file: string, text: string): readonly { readonly name: string; readonly examples: readonly Example[] }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap(exportsOf).map(([exported, node]) => {
    const name = `${file}: ${exported}`;
    const examples = ts.getJSDocTags(node).filter((tag) => tag.tagName.text === 'example')
      .flatMap((tag) => [...(ts.getTextOfJSDocComment(tag.comment) ?? '').matchAll(FENCE)].map(([, code]) => ({ name, code })));
    return { name, examples };
  });
}
