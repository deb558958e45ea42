interface StepProps {
  number: number
  title: string
  children: React.ReactNode
}

/** One numbered part of the checkout. */
export function Step({ number, title, children }: StepProps) {
  return (
    <section className="step" aria-labelledby={`step-${number}`}>
      <h2 id={`step-${number}`}>
        <span className="n">{number}</span>
        {title}
      </h2>
      {children}
    </section>
  )
}
