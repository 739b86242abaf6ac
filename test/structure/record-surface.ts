// Writes the public surface of the packages down, for public-surface.test.ts to compare with.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolders, surfaces, surfaceText } from './public-surface.ts'

const compiler = join(import.meta.dirname, '../../node_modules/.bin/tsc')
const all = packageFolders.flatMap(folder => [...surfaces(folder, compiler)])
writeFileSync(join(import.meta.dirname, 'public-surface.txt'), surfaceText(new Map(all)))
