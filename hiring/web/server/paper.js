// Charts are drawn in the colors of the theme. On paper their dark grays become light and the other way round.
const turned = []

function isGray(color) {
  const [, ...parts] = color.match(/^#(..)(..)(..)$/) ?? []
  const channels = parts.map(part => parseInt(part, 16))
  return channels.length > 0 && Math.max(...channels) - Math.min(...channels) < 48
}

addEventListener('beforeprint', () => {
  const [red] = getComputedStyle(document.querySelector('.stApp')).backgroundColor.match(/\d+/)
  if (red > 127) return
  for (const name of ['fill', 'stroke'])
    for (const mark of document.querySelectorAll(`.stVegaLiteChart svg [${name}]`))
      if (isGray(mark.getAttribute(name))) {
        turned.push([mark, name])
        mark.style[name] = `oklch(from ${mark.getAttribute(name)} calc(1 - l) c h)`
      }
})

addEventListener('afterprint', () => {
  for (const [mark, name] of turned.splice(0)) mark.style.removeProperty(name)
})
