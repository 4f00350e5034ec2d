// What the pages do besides: all of them work without it.
const all = (selector, what) => document.querySelectorAll(selector).forEach(what)

const tell = (input, text) => {
  const place = document.getElementById(input.getAttribute('aria-describedby'))
  if (place) place.textContent = text
  if (text) input.setAttribute('aria-invalid', 'true')
  else input.removeAttribute('aria-invalid')
}

// A code: digits alone, also of what is pasted, and sent as soon as it is whole.
all('input[data-digits]', input => {
  const length = Number(input.dataset.digits)
  input.addEventListener('input', () => {
    input.value = input.value.replace(/\D/g, '').slice(0, length)
    tell(input, '')
    const others = [...input.form.querySelectorAll('input[data-digits]')]
    if (others.every(one => one.value.length === Number(one.dataset.digits))) input.form.requestSubmit(input.form.querySelector('button'))
  })
})

// What is missing is said beside its field, in the language of the page.
all('input[data-invalid]', input => {
  input.addEventListener('invalid', event => {
    event.preventDefault()
    tell(input, input.dataset.invalid)
    const first = input.form.querySelector(':invalid')
    if (first) first.focus()
  })
  input.addEventListener('input', () => tell(input, ''))
})

// A form is sent once, and says that it is under way.
all('form', form => form.addEventListener('submit', event => {
  const short = form.querySelector('input[data-digits]')
  const pressed = event.submitter
  if (short && !(pressed && pressed.formNoValidate) && short.value.length < Number(short.dataset.digits)) {
    event.preventDefault()
    tell(short, short.dataset.invalid)
    short.focus()
    return
  }
  if (form.getAttribute('aria-busy')) {
    event.preventDefault()
    return
  }
  form.setAttribute('aria-busy', 'true')
  const button = pressed || form.querySelector('button')
  if (button && button.dataset.busy) button.textContent = button.dataset.busy
}))
addEventListener('pageshow', event => {
  if (event.persisted) location.reload() // back from another page: what it shows may be over
})

// Seconds that are left.
const count = (seconds, show, done) => {
  const end = Date.now() + seconds * 1000
  const timer = setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000)
    if (left > 0) return show(left)
    clearInterval(timer)
    done()
  }, 250)
  show(seconds)
}
all('[data-seconds]', place => {
  const text = left => left < 120 ? left + ' s' : Math.ceil(left / 60) + ' min'
  count(Number(place.dataset.seconds), left => { place.textContent = text(left) }, () => { place.textContent = '0 s' })
})
all('button[data-wait]', button => {
  const label = button.textContent
  button.disabled = true
  count(Number(button.dataset.wait), left => { button.textContent = label + ' (' + left + ' s)' }, () => {
    button.textContent = label
    button.disabled = false
  })
})

// Times as people have them where they are.
all('time', place => {
  place.textContent = new Date(place.dateTime)
    .toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' })
})

all('[data-copy]', button => {
  button.hidden = !navigator.clipboard
  button.addEventListener('click', () => {
    const place = document.getElementById(button.dataset.copy)
    const lines = [...place.querySelectorAll('li')].map(line => line.textContent.trim())
    navigator.clipboard.writeText(lines.length ? lines.join('\n') : place.textContent.trim()).then(() => {
      button.textContent = button.dataset.done
    })
  })
})
all('[data-print]', button => {
  button.hidden = false
  button.addEventListener('click', () => print())
})
all('input[aria-invalid=true]:not([value])', input => input.focus())

// Whoever typed a code before this file was here.
all('input[data-digits]', input => {
  if (input.value && document.activeElement === input) input.dispatchEvent(new Event('input'))
})
