import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from '@tanstack/react-router';
import css from './Button.module.css';
import { Icon, type IconName } from './Icon';

interface Look {
  primary?: boolean;
  small?: boolean;
}

function classes({ primary, small }: Look): string {
  return [css.button, primary && css.primary, small && css.small].filter(Boolean).join(' ');
}

export function Button({ primary, small, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & Look) {
  return (
    <button
      type="button"
      {...rest}
      className={classes({ ...(primary && { primary }), ...(small && { small }) })}
    />
  );
}

export function ButtonLink({ primary, small, ...rest }: LinkProps & Look & { 'aria-label'?: string }) {
  return <Link {...rest} className={classes({ ...(primary && { primary }), ...(small && { small }) })} />;
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  label: string;
  iconSize?: number;
}

export function IconButton({ icon, label, iconSize = 16, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={css.icon}>
      <Icon name={icon} size={iconSize} />
    </button>
  );
}
