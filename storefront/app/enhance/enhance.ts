document.documentElement.dataset.enhanced = 'true'

export {}
