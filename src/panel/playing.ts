/** What playing does to the page: inputs that move, passes that are gone through, a quiz. Each change of the state is made here. */
import type { Entry } from './live'
import { descended, liveOf, moved, rangeAround, trialNumbers, type ValueOf } from './live'
import type { FromPanel, ShowMessage, Trial } from './messages'
import type { Unveiled } from './paint'
import {
  askedNode,
  hiddenNodes,
  isAnswered,
  judged,
  newQuiz,
  nextQuestion,
  type Quiz,
  type QuizEvents,
  shownAnswer,
} from './quiz'
import type { PageState } from './state'

/** What playing may do outside the state. */
export interface Surroundings {
  send(message: FromPanel): void
  /** Shows the state. */
  update(): void
  /** Other numbers in the drawing; `null`: those that it came with. */
  values(tensorAt: ValueOf | null): void
  unveil(seen: Unveiled | null): void
  /** Lights the way of a node. */
  light(node: number | null): void
  later(run: () => void, milliseconds: number): void
}

/** A value that rests is told to the extension, in milliseconds. */
const REST = 180
/** How long a step is seen at ordinary speed, in milliseconds. */
const STEP = 1500
/** Points of the loss curve that are kept. */
const KEPT = 40

/** The moves of a page with this state. */
export function playing(state: PageState, { send, update, values, unveil, light, later }: Surroundings) {
  let told = 0
  let run = 0

  const follow = () => {
    values(state.live && state.moved ? state.live.valuesAt(state.leaves) : null)
    update()
  }
  const trials = (): Trial[] =>
    (state.shown?.inputs ?? []).flatMap(({ node, data }) => {
      const value = state.leaves.get(node)
      const changed = value && (data === null || value.data.some((each, i) => each !== data[i]))
      const isTrial = state.shown?.inputs.find((input) => input.node === node)?.isTrial
      return value && (changed || isTrial) ? [{ node, shape: [...value.shape], data: [...value.data] }] : []
    })
  /** The extension writes everything out once a value rests. */
  const tell = (wait: number) => {
    const mine = ++told
    later(() => {
      if (mine === told) send({ type: 'values', trials: trials() })
    }, wait)
  }

  const show = () => {
    const { player, quiz, shown } = state
    if (quiz) return unveil(veilOfQuiz(quiz, shown))
    if (player.index === null) {
      light(null)
      return unveil(null)
    }
    const seen = shown ? veilOf(shown, player.index) : null
    light(seen?.current ?? null)
    unveil(seen)
  }
  const step = (index: number | null) => {
    const last = (state.shown?.steps.length ?? 0) - 1
    const to = index === null || last < 0 ? null : Math.min(index, last)
    state.player = { ...state.player, index: to, playing: state.player.playing && to !== null && to < last }
    if (to !== null && state.shown) send({ type: 'step', version: state.shown.version, index: to })
    show()
    update()
  }
  const goOn = (mine: number) => {
    if (mine !== run || !state.player.playing) return
    step((state.player.index ?? -1) + 1)
    if (state.player.playing) later(() => goOn(mine), STEP / state.player.speed)
  }
  const setQuiz = (quiz: Quiz | null) => {
    state.quiz = quiz
    show()
    update()
  }
  const change = (entry: Entry, to: number, done: boolean) => {
    const key = `${entry.node}.${entry.index}`
    const before = state.leaves.get(entry.node)?.data[entry.index]
    if (before === undefined) return
    const stated = state.shown?.inputs.find(({ node }) => node === entry.node)?.range ?? null
    const [low, high] = state.ranges.get(key) ?? rangeAround(before, stated)
    // A field may name a value beyond the slider's end: the slider follows.
    const range = to < low || to > high ? rangeAround(to, null) : ([low, high] as const)
    state.ranges = new Map([...state.ranges, [key, range]])
    state.leaves = moved(state.leaves, entry, to)
    state.moved = true
    state.losses = []
    follow()
    tell(done ? 0 : REST)
  }

  const quizEvents: QuizEvents = {
    type: (text) => {
      if (state.quiz && !isAnswered(state.quiz)) state.quiz = { ...state.quiz, text, verdict: null, words: null }
    },
    check() {
      const node = state.quiz && askedNode(state.quiz)
      if (state.quiz && node !== null) send({ type: 'judge', node, text: state.quiz.text })
    },
    hint() {
      const node = state.quiz && askedNode(state.quiz)
      if (node !== null) send({ type: 'hint', node })
    },
    show() {
      const node = state.quiz && askedNode(state.quiz)
      if (node !== null) send({ type: 'answer', node })
    },
    next: () => state.quiz && setQuiz(nextQuestion(state.quiz)),
    end: () => setQuiz(null),
  }

  return {
    /** A graph has come from the extension. `same`: it is the derivation that was shown before. */
    came(message: ShowMessage, same: boolean) {
      const { model, inputs } = message
      state.live = model && liveOf(model)
      state.leaves = state.live?.leaves ?? new Map()
      state.moved = false
      if (!same) {
        state.chosen = new Set(inputs.map(({ node }) => node))
        state.entries = new Map()
        state.ranges = new Map()
        state.losses = []
        state.over = null
        state.quiz = null
        state.player = { ...state.player, index: null, playing: false, sentence: null }
      }
      const { index } = state.player
      if (index !== null && index < message.steps.length) send({ type: 'step', version: message.version, index })
      else state.player = { ...state.player, index: null, playing: false }
      show()
    },
    sentence(index: number, sentence: PageState['player']['sentence']) {
      if (index === state.player.index) state.player = { ...state.player, sentence }
    },
    judged: (message: Parameters<typeof judged>[1]) => state.quiz && setQuiz(judged(state.quiz, message)),
    answered: (node: number, answer: Parameters<typeof shownAnswer>[2]) =>
      state.quiz && setQuiz(shownAnswer(state.quiz, node, answer)),

    step,
    play(on: boolean) {
      const { steps = [] } = state.shown ?? {}
      const atEnd = state.player.index === steps.length - 1
      state.player = {
        ...state.player,
        playing: on && steps.length > 0,
        index: on && atEnd ? null : state.player.index,
      }
      const mine = ++run
      if (on) goOn(mine)
      update()
    },
    speed(speed: number) {
      state.player = { ...state.player, speed }
      update()
    },

    move: change,
    entry(node: number, index: number) {
      state.entries = new Map([...state.entries, [node, index]])
      update()
    },
    choose(node: number, chosen: boolean) {
      const next = new Set(state.chosen)
      if (chosen) next.add(node)
      else next.delete(node)
      state.chosen = next
      update()
    },
    rate(rate: number) {
      if (rate >= 0) state.rate = rate
      update()
    },
    descend() {
      const { live } = state
      if (!live) return
      const before = state.losses.length > 0 ? state.losses : [live.outputAt(state.leaves)]
      state.leaves = descended(live, state.leaves, [...state.chosen], state.rate)
      state.losses = [...before, live.outputAt(state.leaves)].slice(-KEPT)
      state.moved = true
      follow()
      tell(REST)
    },
    giveValues() {
      state.shown?.inputs.forEach(({ node, shape }, place) => {
        if (state.leaves.has(node)) return
        const count = shape.reduce((product, size) => product * size, 1)
        state.leaves = new Map([
          ...state.leaves,
          [node, { shape, data: Float64Array.from(trialNumbers(place, count)) }],
        ])
      })
      state.moved = true
      tell(0)
    },
    resetValues() {
      state.losses = []
      state.ranges = new Map()
      told++
      send({ type: 'values', trials: [] })
    },
    writeValues: () => send({ type: 'write' }),
    over(node: number) {
      state.over = node
      update()
    },
    contours(on: boolean) {
      state.contours = on
      update()
    },

    quiz: quizEvents,
    startQuiz() {
      const questions = state.shown?.questions ?? []
      if (questions.length === 0) return
      state.player = { ...state.player, index: null, playing: false }
      setQuiz(newQuiz(questions))
    },
  }
}

/** What is to be seen at a step: values up to it, gradients up to it. */
function veilOf({ steps, scene, inputs }: ShowMessage, index: number): Unveiled {
  const done = steps.slice(0, index + 1)
  const values = new Set([...inputs.map(({ node }) => node)])
  for (const { kind, id } of scene.nodes) if (kind === 'input' || kind === 'constant') values.add(id)
  const gradients = new Set<number>()
  for (const { node, pass } of done) (pass === 'forward' ? values : gradients).add(node)
  return { values, gradients, current: steps[index]?.node ?? null, asks: false }
}

function veilOfQuiz(quiz: Quiz, shown: ShowMessage | null): Unveiled {
  const order = (shown?.steps ?? []).filter(({ pass }) => pass === 'backward').map(({ node }) => node)
  const hidden = hiddenNodes(quiz, order)
  const gradients = new Set((shown?.scene.nodes ?? []).map(({ id }) => id).filter((id) => !hidden.has(id)))
  return { values: null, gradients, current: askedNode(quiz), asks: true }
}
