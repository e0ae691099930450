// In the place of optional packages with native code: nothing is loaded from the folder that the executable is started in.
throw new Error("this single executable has no native code beside Node's");
