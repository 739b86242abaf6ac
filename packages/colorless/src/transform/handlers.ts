import { callExpression, newExpression, spreadElement, taggedTemplate } from './calls.ts'
import { chainExpression, memberExpression, unaryExpression } from './chains.ts'
import { classDeclaration, classExpression } from './classes.ts'
import type { Handler } from './emitter.ts'
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
import { assignmentExpression, updateExpression, variableDeclarator } from './patterns.ts'
import { blockStatement, exportDefault, exportNamed, property, switchCase } from './statements.ts'

/** Who writes which node; what is not here is copied. */
export const handlers: Readonly<Record<string, Handler>> = {
  ArrowFunctionExpression: functionExpression,
  AssignmentExpression: assignmentExpression,
  BlockStatement: blockStatement,
  CallExpression: callExpression,
  ChainExpression: chainExpression,
  ClassDeclaration: classDeclaration,
  ClassExpression: classExpression,
  ExportDefaultDeclaration: exportDefault,
  ExportNamedDeclaration: exportNamed,
  ForOfStatement: forOfStatement,
  FunctionDeclaration: functionDeclaration,
  FunctionExpression: functionExpression,
  Identifier: identifier,
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
  UpdateExpression: updateExpression,
  VariableDeclarator: variableDeclarator,
  YieldExpression: yieldExpression,
}
