import { useId } from 'react';

interface Props<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  readonly hint?: string;
}

/** A choice among a few. */
export function SelectField<T extends string | number>({ label, value, options, onChange, hint }: Props<T>) {
  const id = useId();
  return (
    <div className="field field--select">
      <label className="field__label" htmlFor={id} title={hint}>{label}</label>
      <select
        id={id} className="field__select" value={value}
        onChange={({ currentTarget }) => {
          const chosen = options[currentTarget.selectedIndex];
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </div>
  );
}
