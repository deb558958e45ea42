/** Ticks every line of the table it heads; without a script each line is ticked by itself. */
export function TickAll() {
  return (
    <input
      type="checkbox"
      className="needs-script"
      aria-label="Tick all on this page"
      onChange={({ currentTarget }) => {
        const boxes = currentTarget.form?.querySelectorAll<HTMLInputElement>('tbody input[name=pick]') ?? []
        for (const box of boxes) box.checked = currentTarget.checked
      }}
    />
  )
}
