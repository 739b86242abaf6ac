const { sleep } = require('plait/greenlet')
const { isMain } = require('./is-main.cjs')

exports.twice = function twice(n) {
  sleep(1)
  return isMain ? Number.NaN : n * 2
}
