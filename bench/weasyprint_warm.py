#!/usr/bin/python3
"""WeasyPrint in one process, warm: ms of CPU for a document beyond the first. weasyprint_warm.py IN.html OUT.pdf TIMES"""
import logging
import sys
import time

import weasyprint

logging.disable(logging.CRITICAL)
source, out, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
weasyprint.HTML(string="<p>a</p>").write_pdf()  # fonts and modules are there
begin = time.process_time()
for _ in range(times):
    pdf = weasyprint.HTML(source).write_pdf()
print(f"{(time.process_time() - begin) * 1000 / times:.1f}")
with open(out, "wb") as file:
    file.write(pdf)
