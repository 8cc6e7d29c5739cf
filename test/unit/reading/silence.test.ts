/** What isn't mathematics stays silent. */
import assert from 'node:assert/strict'
import { readMarkdown } from '../../../src/reading/markdown'
import { readNote } from './printed'

const SILENT: Readonly<Record<string, string>> = {
  'English prose': `# A day at the lake

We left at half past six - earlier than planned. The boat (a small one) was tied to the pier; its name was
"x = y", which nobody could explain. I said a = b, and everyone laughed.

- bread = 2 loaves
- water: as much as we could carry
- See https://example.org/a=b?c=d&e=f for the map.

The trip/return ticket was 12 - 15 per person. That's it!`,
  'Japanese prose': `# 湖の一日

朝六時に出発した。船の名前は「x = y」で、誰も理由を知らなかった。
a = b と書いてあったが、意味はない。ここで z = 3 とおく必要もない。

- パン = 二つ
- 水＝たくさん
費用＝未定である。`,
  'Chinese prose': `# 湖边的一天

早上六点出发。船名是“x = y”，没有人知道为什么。
这里 a = b 只是一个标记，并无含义。价格＝面议。

- 面包 = 两个`,
  'a README of settings and shells': `# Setup

name = value
path = src/lib/index.js
mode = fast
FLAGS = -O2 -Wall
port = 8080
timeout = 30
version = 1.2.3
debug = true
url = https://example.org
export PATH=$PATH:/usr/local/bin
$ make install PREFIX=/usr
npm run build -- --watch=true
if (a == b) { c = d; }
let x = 5;
x += 1
key: value = other
a=1&b=2
std::cout << x << y;
array[0] = 1
user.name = root`,
  'money with dollar signs': `The share rose from $5 to $6, a gain of $1. Revenue was $3,000, costs were $2,500.
In US$ terms, A$1 = US$0.65 and $10 = HK$78. We paid $4; they paid $5.`,
}

describe('silence', () => {
  for (const [title, text] of Object.entries(SILENT)) {
    it(`${title} holds no formula`, () => {
      assert.deepEqual(
        readMarkdown(text).map((passage) => passage.text),
        [],
      )
    })
  }

  it('a dollar sign that pairs by accident says nothing', () => {
    const read = readNote('It costs $5, and then $ 6 more.')
    for (const { reading } of read) {
      assert.deepEqual(
        reading.statements.filter((statement) => statement.kind === 'definition' || statement.kind === 'claim'),
        [],
      )
    }
  })
})
