/** An ATT&CK technique id. `name` becomes the tooltip. */
export const TechniqueChip = ({ id, name }: { id: string; name?: string }) => (
  <span className="chip mono" title={name ? `${id} ${name}` : id}>
    {id}
  </span>
)
