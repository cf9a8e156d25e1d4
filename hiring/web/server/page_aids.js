// What Streamlit leaves undone for fingers, keyboards, screen readers and slow phones: docs/accessibility.md lists it.
// It is loaded before Streamlit, and only reads and marks what Streamlit draws.

const STYLE = `
  #spoken { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
  #first_answer { position: fixed; inset: 0; padding: 5rem 1rem 1rem; z-index: 9; color-scheme: light dark; font: 1rem/1.6
    "Source Sans", sans-serif; color: light-dark(#101828, #eef1f5); background: light-dark(#fff, #0e1319) }
  #first_answer p { max-width: 60rem; margin: 0 auto 0.75rem }
  #first_answer p:nth-child(2) { font-size: 1.7rem; font-weight: 650; line-height: 1.2 }
  #form_bar { position: fixed; right: 0; bottom: 0; z-index: 999995; display: flex; gap: 12px; align-items: center;
    padding: 8px 12px; font-size: 0.95rem; line-height: 1.3 }
  #form_bar.full { left: 0; color: var(--ink); background: var(--paper); border-top: 1px solid var(--line) }
  #form_bar p { flex: 1; margin: 0; max-height: 3.9em; overflow: hidden; font-weight: 600 }
  #form_bar button { min-height: 44px; padding: 0 16px; font: inherit; font-weight: 600; white-space: nowrap; cursor: pointer;
    border: 1px solid var(--paper); border-radius: 6px; color: var(--paper); background: var(--ink) }
  #form_bar button:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px }
  body:has(#form_bar:not([hidden])) :is([data-testid=stSidebarContent], [data-testid=stMain]) {
    padding-bottom: var(--covered); scroll-padding-bottom: var(--covered) }
  #form_bar[hidden] { display: none }
  button[aria-label^="Help"] { min-width: 24px; min-height: 24px; margin: -5px }
  button:is([aria-label^="Clear"], [data-testid^=stTabsScroll]) {
    min-width: 24px; min-height: 24px }
  label:has([role=switch]), [data-testid=stCheckbox] label { min-height: 24px }
  [role=tab] { min-width: 24px }
  [role=tablist] { flex-wrap: wrap; row-gap: 0 }
  [data-testid=stDateInput] [role=spinbutton] { display: inline-block; min-width: 24px; padding: 0 3px;
    line-height: 24px; text-align: center }
  [data-testid=stSidebar] { anchor-name: --form }
  [data-testid=stSidebar] [data-testid=stTooltipHoverTarget][aria-describedby] { anchor-name: --help }
  @supports (left: anchor(--form right)) {
    body:has([data-testid=stSidebar] [data-testid=stTooltipHoverTarget][aria-describedby]) [role=tooltip] {
      position-anchor: --help; transform: none !important; top: min(anchor(--help top), 100vh - 15rem) !important;
      left: calc(anchor(--form right) + 8px) !important; right: 8px; width: fit-content }
    @media (max-width: 640px) {
      body:has([data-testid=stSidebar] [data-testid=stTooltipHoverTarget][aria-describedby]) [role=tooltip] {
        top: auto !important; bottom: anchor(--help top); left: 8px !important; position-try-fallbacks: --below }
    }
  }
  @position-try --below { bottom: var(--covered, 8px) }
  [data-testid=stPopoverBody]:focus-visible { outline: 3px solid #3b82f6; outline-offset: -3px }
  .st-key-link code { display: block; padding: 0.6rem 0.75rem; color: inherit; white-space: normal; word-break: break-all }
  .close_panel { margin-top: 16px }
  .close_panel, .copy_link { align-self: start; min-height: 44px; padding: 0 16px; font: inherit; color: inherit; background: none; cursor: pointer;
    border: 1px solid; border-radius: 6px }
  :is(.close_panel, .copy_link):focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px }
  @media (max-width: 768px), (pointer: coarse) {
    :is(.st-key-share, .st-key-download) button, [role=tab], [data-testid^=stTabsScroll],
    [data-testid^=stNumberInputStep] { min-width: 44px; min-height: 44px }
  }
  [data-testid=stSidebarCollapseButton], [data-testid=stSidebarCollapseButton] * { visibility: visible !important }
  @media (min-width: 769px) {
    [data-testid=stSidebar]:not(:hover) [data-testid=stSidebarCollapseButton]:not(:focus-within) { opacity: 0 }
  }
  [data-testid=stElementToolbar]:focus-within { opacity: 1 !important; visibility: visible !important }
  @media print { #form_bar, #first_answer { display: none } }`
const COPY = 'Copy link'
const PAUSE = 700 // milliseconds without a change, after which a verdict is read out

const narrow = matchMedia('(max-width: 768px)') // where the sidebar covers the page
const shown = name => document.querySelector(`[data-testid=${name}]`)
const made = (tag, id, attributes = {}) => document.body.appendChild(
  Object.assign(document.createElement(tag), { id, ...attributes }))
const set = (element, name, value) => {
  if (element.getAttribute(name) !== value) value === null ? element.removeAttribute(name) : element.setAttribute(name, value)
}
const inert = (element, is) => { if (element && element.inert !== is) element.inert = is }

let spoken, bar, wasOpen, openedBy, entered, said = null, timer, isEdited = false, isUnsent = false
const told = new WeakSet()

// The first answer: worked out by the server while Streamlit is still on its way. It is asked for before the browser
// learns of Streamlit's seventy files, which wait in a template of the document.
const answer = /^\/(decide)?$/.test(location.pathname) ? fetch(`answer${location.search}`).catch(() => null) : null
document.head.append(document.getElementById('streamlit').content)

async function showFirst() {
  const response = await answer
  const isAnswer = response?.status === 200 && response.headers.get('content-type')?.includes('json')
  const lines = isAnswer ? await response.json() : null
  if (!lines || document.querySelector('h1')) return
  const first = made('div', 'first_answer')
  for (const line of lines) first.append(Object.assign(document.createElement('p'), { textContent: line }))
}

function update() {
  if (document.querySelector('h1, [data-testid=stException], [data-testid=stAlert]')) {
    document.getElementById('first_answer')?.remove()
  }
  const sidebar = shown('stSidebar')
  if (!sidebar) return
  const isOpen = sidebar.dataset.collapsed === 'false'
  const covers = isOpen && narrow.matches
  inert(sidebar, !isOpen)
  inert(sidebar.nextElementSibling, covers)
  inert(shown('stSkipToContent'), covers)
  moveFocus(sidebar, isOpen)
  enterPanel()
  addCopy()
  const labels = tieErrors()
  drawBar(sidebar, isOpen, labels)
  showErrors()
  speak()
  nameAll()
}

function moveFocus(sidebar, isOpen) {
  const was = wasOpen
  wasOpen = isOpen
  if (was === undefined || was === isOpen) return
  if (isOpen) {
    const form = shown('stSidebarUserContent') || sidebar
    form.tabIndex = -1
    form.style.outline = 'none'
    form.focus({ preventScroll: true })
  } else {
    const back = openedBy && !openedBy.parentElement.hidden ? openedBy : shown('stExpandSidebarButton')
    back?.querySelector(':scope > button')?.focus() ?? back?.focus({ preventScroll: true })
    openedBy = null
  }
}

// What Share, Download and Sources open stands at the end of the document. In the order of Tab it follows its button,
// to which the focus returns.
const opener = () => document.querySelector('[data-testid=stPopoverButton][aria-expanded=true]')
const isStop = it => it.tabIndex >= 0 && it.checkVisibility()

function enterPanel() {
  const panel = shown('stPopoverBody')
  const isEmpty = !panel?.querySelector('.stElementContainer') // its content comes later
  if (!isEmpty && !panel.querySelector('.close_panel')) panel.append(Object.assign(document.createElement('button'),
    { type: 'button', className: 'close_panel', textContent: 'Close', onclick: leavePanel }))
  if (panel && panel !== entered && [document.body, opener()].includes(document.activeElement)) {
    panel.tabIndex = -1
    panel.focus({ preventScroll: true })
  }
  // Streamlit keeps it as low as the room that was left below its button; now it opens above where there is more.
  if (panel && panel.scrollHeight > panel.clientHeight + 1) panel.style.minHeight = '45vh'
  entered = panel
}

// A link can be copied with one press.
function addCopy() {
  for (const link of document.querySelectorAll('.st-key-link:not(:has(.copy_link))'))
    link.prepend(Object.assign(document.createElement('button'),
      { type: 'button', className: 'copy_link', textContent: COPY, onclick: copy }))
}

async function copy({ target }) {
  const link = target.parentElement.querySelector('code')
  try {
    await navigator.clipboard.writeText(link.textContent)
    target.textContent = spoken.textContent = 'Copied'
  } catch { // an address without https has no clipboard
    getSelection().selectAllChildren(link)
    target.textContent = spoken.textContent = 'The link is selected: copy it'
  }
  setTimeout(() => { target.textContent = COPY }, 3000)
}

function leavePanel() {
  const button = opener()
  button?.click()
  button?.focus()
}

function followOrder(event) {
  const panel = shown('stPopoverBody'), button = opener(), at = event.target
  if (event.key !== 'Tab' || !panel || !button) return
  const first = [...panel.querySelectorAll('a[href], button, input, textarea, [tabindex]')].find(isStop)
  if (at === button && !event.shiftKey) panel.focus({ preventScroll: true }) // from where the browser goes on
  else if (!first) event.preventDefault()
  else if (event.shiftKey ? at === panel || at === first : at.matches('.close_panel')) {
    event.preventDefault()
    event.shiftKey ? button.focus() : leavePanel()
  }
}

// On a narrow screen: the way to the form under the thumb, and the verdict while the form covers it, or which entries
// need attention.
function drawBar(sidebar, isOpen, labels) {
  const hasForm = narrow.matches && sidebar.querySelector('input') !== null
  if (bar.hidden === hasForm) bar.hidden = !hasForm
  if (!hasForm) return
  bar.classList.toggle('full', isOpen || labels.length > 0)
  const colors = getComputedStyle(shown('stApp'))
  bar.style.setProperty('--ink', colors.color)
  bar.style.setProperty('--paper', colors.backgroundColor)
  bar.style.setProperty('--line', colors.color)
  const text = labels.length ? `Look at ${labels.map(it => `“${it}”`).join(', ')}` : isOpen ? verdictShown().slice(0, 1).join() : ''
  if (bar.firstChild.textContent !== text) bar.firstChild.textContent = text
  const label = isOpen ? 'Close the form' : 'Open the form'
  if (bar.lastChild.textContent !== label) bar.lastChild.textContent = label
  const view = window.visualViewport // without the keyboard of a phone
  bar.style.bottom = `${Math.max(0, innerHeight - view.height - view.offsetTop)}px`
  document.documentElement.style.setProperty('--covered', `${innerHeight - bar.getBoundingClientRect().top}px`)
}

function toggle() {
  openedBy = bar.lastChild
  const button = shown(wasOpen ? 'stSidebarCollapseButton' : 'stExpandSidebarButton')
  ;(button.querySelector('button') || button).click()
}

// On a narrow screen Escape closes the form, unless it closes something in it: a list, a help text or a panel.
function escape(event) {
  if (event.key !== 'Escape' || !wasOpen || !narrow.matches) return
  if (!document.querySelector('[role=listbox], [role=tooltip], [data-testid=stPopoverBody]')) collapse()
}

// There, a page that was chosen in the menu is shown, and the focus is on it.
function showPage(event) {
  if (!event.target.closest?.('[data-testid=stSidebarNavLink]') || !narrow.matches) return
  if (event.ctrlKey || event.metaKey || event.shiftKey) return // it opens elsewhere
  openedBy = shown('stMain')
  collapse()
}

function collapse() {
  const button = shown('stSidebarCollapseButton')
  ;(button.querySelector('button') || button).click()
}

const verdictShown = () => {
  const heading = document.querySelector('.st-key-answer h1')
  return heading ? [heading.textContent, heading.closest('.stElementContainer').nextElementSibling?.textContent || ''] : []
}

// A changed verdict, once it has settled.
function speak() {
  const now = verdictShown().join('. ')
  if (shown('stApp').dataset.testScriptState !== 'notRunning') return
  if (!now || said === null) {
    said = now || null
  } else if (now !== said) {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (verdictShown().join('. ') !== now) return
      said = spoken.textContent = now
    }, PAUSE)
  }
}

// An error of the field with the key X is in a container with the key problem_X. The labels of the fields with one.
function tieErrors() {
  const tied = new Map(), labels = []
  for (const problem of document.querySelectorAll('[class*="st-key-problem_"]')) {
    const key = problem.className.match(/st-key-problem_(\S+)/)[1]
    problem.id = `problem_${key}`
    labels.push(document.querySelector(`.st-key-${CSS.escape(key)} [data-testid=stWidgetLabel]`)?.textContent ?? key)
    for (const field of document.querySelectorAll(
      `.st-key-${CSS.escape(key)} input:not([tabindex="-1"])`)) tied.set(field, problem.id)
  }
  for (const field of document.querySelectorAll('[data-tied]')) {
    if (tied.has(field)) continue
    for (const name of ['aria-invalid', 'aria-describedby', 'data-tied']) field.removeAttribute(name)
  }
  for (const [field, id] of tied) {
    set(field, 'aria-invalid', 'true')
    set(field, 'aria-describedby', id)
    set(field, 'data-tied', '')
  }
  return labels
}

// A new error comes into view, above the bar.
function showErrors() {
  for (const problem of document.querySelectorAll('[class*="st-key-problem_"]')) {
    if (told.has(problem) || !problem.textContent) continue
    told.add(problem)
    problem.scrollIntoView({ block: 'nearest' })
  }
}

// Buttons and links that share their name with others also say what they belong to.
function nameAll() {
  const inside = (selector, owner) => document.querySelectorAll(selector).forEach(it => name(it, owner(it)))
  inside('button:is([aria-label^="Clear"], [aria-label="Help"], [data-named])', it =>
    it.closest('.stElementContainer')?.querySelector('[data-testid=stWidgetLabel], strong')?.textContent)
  const headings = [...document.querySelectorAll('h1, h2, h3')]
  inside('[class*="st-key-sources_"] [data-testid=stPopoverButton]', it => headings.findLast(
    heading => heading.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING)?.textContent)
  inside('[class*="st-key-scenario_"] :is(a, button)', it =>
    it.closest('[class*="st-key-scenario_"]').querySelector('input')?.value)
  inside('[class*="st-key-reset_"]:not(.st-key-reset_own) button', it =>
    it.closest('[data-testid=stHorizontalBlock], .stHorizontalBlock')?.querySelector('p')?.textContent.split(':')[0])
}

function name(it, owner) {
  const now = it.getAttribute('aria-label')
  if (now === null || now !== it.dataset.named) it.dataset.base = now ?? (it.querySelector('p') ?? it).textContent.trim()
  if (!owner || it.dataset.base.includes(owner)) return
  it.dataset.named = `${it.dataset.base}: ${owner}`
  set(it, 'aria-label', it.dataset.named)
}

// On a touch screen, Share opens the device's own sheet; what the page offers stays open behind it. What was being
// typed is in the link once the page has run again.
async function share(event) {
  const button = event.target.closest?.('.st-key-share [data-testid=stPopoverButton]')
  if (!button || !navigator.share || !matchMedia('(pointer: coarse)').matches) return
  if (button.getAttribute('aria-expanded') === 'true') return
  const isDone = turn => turn > 1 && !isUnsent && shown('stApp').dataset.testScriptState === 'notRunning'
  for (let turn = 0; turn < 20 && !isDone(turn); turn++) await new Promise(done => setTimeout(done, 100))
  navigator.share({ title: document.title, url: location.href }).catch(() => {})
}

// A text counts when its field is left, but Streamlit asks for files faster than it sends the text: a click on such a
// button waits until the text is sent.
function noteText({ type, key, target }) {
  if (type === 'input') isEdited ||= target.matches('[type=text], textarea')
  else if (isEdited && (type === 'focusout' || key === 'Enter')) [isEdited, isUnsent] = [false, true]
}

function holdDownload(event) {
  const button = event.target.closest?.('[data-testid=stDownloadButton] button')
  if (!button || !isUnsent) return
  event.stopImmediatePropagation()
  const last = performance.now() + 2000 // for a text that is as it was, none is sent
  const press = () => {
    if (isUnsent && performance.now() < last) return setTimeout(press, 20)
    isUnsent = false
    button.click()
  }
  press()
}

// A reload begins a new session, without the list of the one before: the browser asks first.
function keepList(event) {
  if (document.querySelector('.st-key-lost_on_reload')) event.preventDefault()
}

let isAsked = false
function ask() {
  if (isAsked) return
  isAsked = true
  setTimeout(() => { isAsked = false; update() }, 30)
}

function begin() {
  document.head.append(Object.assign(document.createElement('style'), { textContent: STYLE }))
  spoken = made('div', 'spoken', { role: 'status', ariaLive: 'polite' })
  bar = made('div', 'form_bar', { hidden: true })
  bar.append(document.createElement('p'), Object.assign(document.createElement('button'), { type: 'button', onclick: toggle }))
  showFirst()
  new MutationObserver(changes => {
    if (changes.some(it => it.attributeName === 'data-test-script-state')) isUnsent = false
    ask()
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributeFilter: ['data-collapsed', 'data-test-script-state',
      'aria-label', 'class'] })
  narrow.addEventListener('change', ask)
  visualViewport.addEventListener('resize', ask)
  visualViewport.addEventListener('scroll', ask)
  document.addEventListener('click', share, true)
  document.addEventListener('click', holdDownload, true)
  document.addEventListener('input', noteText, true)
  document.addEventListener('focusout', noteText, true)
  document.addEventListener('keydown', noteText, true)
  document.addEventListener('keydown', followOrder, true)
  addEventListener('beforeunload', keepList)
  document.addEventListener('keydown', escape, true)
  document.addEventListener('click', showPage)
}

if (document.body) begin()
else document.addEventListener('readystatechange', begin, { once: true }) // DOMContentLoaded waits for Streamlit
