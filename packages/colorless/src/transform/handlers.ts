import { callExpression, expressionStatement, newExpression, spreadElement, taggedTemplate } from './calls.ts'
import { chainExpression, memberExpression, unaryExpression } from './chains.ts'
import { classDeclaration, classExpression } from './classes.ts'
import type { Handler } from './emitter.ts'
import { importDeclaration } from './entry.ts'
import {
  functionDeclaration,
  functionExpression,
  identifier,
  metaProperty,
  thisExpression,
  yieldExpression,
} from './functions.ts'
import { forOfStatement } from './loops.ts'
import { objectExpression } from './objects.ts'
import { assignmentExpression, variableDeclarator } from './patterns.ts'
import {
  awaitExpression,
  binaryExpression,
  blockStatement,
  exportDefault,
  exportNamed,
  property,
  switchCase,
} from './statements.ts'

/** Who writes which node; what is not here is copied. */
export const handlers: Readonly<Record<string, Handler>> = {
  ArrowFunctionExpression: functionExpression,
  AssignmentExpression: assignmentExpression,
  AwaitExpression: awaitExpression,
  BinaryExpression: binaryExpression,
  BlockStatement: blockStatement,
  CallExpression: callExpression,
  ChainExpression: chainExpression,
  ClassDeclaration: classDeclaration,
  ClassExpression: classExpression,
  ExportDefaultDeclaration: exportDefault,
  ExportNamedDeclaration: exportNamed,
  ExpressionStatement: expressionStatement,
  ForOfStatement: forOfStatement,
  ExportAllDeclaration: importDeclaration,
  FunctionDeclaration: functionDeclaration,
  FunctionExpression: functionExpression,
  Identifier: identifier,
  ImportDeclaration: importDeclaration,
  MemberExpression: memberExpression,
  MetaProperty: metaProperty,
  NewExpression: newExpression,
  ObjectExpression: objectExpression,
  Property: property,
  SpreadElement: spreadElement,
  SwitchCase: switchCase,
  TaggedTemplateExpression: taggedTemplate,
  ThisExpression: thisExpression,
  UnaryExpression: unaryExpression,
  VariableDeclarator: variableDeclarator,
  YieldExpression: yieldExpression,
}
