/**
 * What builds a source is part of what comes out: its METADATA. So these are named, and change with versions of this tool
 * alone.
 */
export const buildTools = `setuptools==80.9.0
wheel==0.45.1
flit-core==3.12.0
hatchling==1.27.0
poetry-core==2.1.3
setuptools-scm==8.3.1
`;
