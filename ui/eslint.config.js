import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Deleting a feature is `rm -r`: nobody but the page registry may know it. */
const noOtherFeature = {
  group: ['@/features/*', '**/features/*'],
  message: 'A feature never imports another one. Move what both need to src/shared.',
};

export default tseslint.config(
  { ignores: ['dist', 'target', 'node_modules', 'src/api/schema.d.ts', 'public'] },
  ...tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      'no-restricted-imports': ['error', { patterns: [noOtherFeature] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: ['src/features/*/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            noOtherFeature,
            { group: ['../*'], message: 'Use @/… for what lies outside the feature.' },
          ],
        },
      ],
    },
  },
);
