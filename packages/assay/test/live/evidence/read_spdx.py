# Reads an SPDX document with the Python model of SPDX, and prints the class and name of each package.
import sys

from spdx_python_model import v3_0_1 as spdx

found = spdx.SHACLObjectSet()
with open(sys.argv[1], "rb") as document:
    spdx.JSONLDDeserializer().read(document, found)
for package in found.foreach_type(spdx.software_Package):
    print(type(package).__name__, package.name)
