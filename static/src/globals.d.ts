/** Address of the layout worker's bundle; the build puts the hashed name here. */
declare const LAYOUT_WORKER_URL: string;
