/**
 * The dependencies, optional ones included, that a parsed package-lock.json names and does not list. `npm ci` installs
 * nothing while there is one.
 */
export function absentFromLockfile(lock) {
  const found = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.link) continue
    const required = {
      ...entry.dependencies,
      ...(path.includes('node_modules/') ? {} : entry.devDependencies),
    }
    for (const [kind, named] of [
      ['required', required],
      ['optional', entry.optionalDependencies ?? {}],
    ]) {
      for (const [name, version] of Object.entries(named)) {
        if (isListed(lock, path, name) || found.some(absent => absent.name === name)) continue
        found.push({ name, version, optional: kind === 'optional', from: entry })
      }
    }
  }
  return found
}

// As Node looks for a package: beside the one that needs it, then further and further out.
function isListed(lock, path, name) {
  for (let folder = path; ; folder = outer(folder)) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true
    if (folder === '') return false
  }
}

function outer(folder) {
  const at = folder.lastIndexOf('/node_modules/')
  return at < 0 ? '' : folder.slice(0, at)
}
